using System.Globalization;

namespace Gantry.Dicom.Network;

/// <summary>
/// A DIMSE status other than success. A service throws it and the peer gets the status with its comment; a client's
/// <see cref="DimseResponse.EnsureSuccess"/> throws it when a peer has answered so. The comment must hold no patient data.
/// </summary>
public sealed class DimseException : Exception
{
    /// <summary>A failure with its status, Error Comment (cut to 64 characters on the wire) and offending elements.</summary>
    public DimseException(ushort status, string comment, params IReadOnlyList<DicomTag> offendingElements)
        : base(string.Create(
            CultureInfo.InvariantCulture, $"DIMSE status 0x{status:X4}{(comment.Length > 0 ? ": " : "")}{comment}"))
    {
        Response = new DimseResponse(status)
        {
            ErrorComment = comment.Length > 0 ? comment : null,
            OffendingElements = offendingElements,
        };
    }

    /// <summary>A failure with everything its response carries.</summary>
    public DimseException(DimseResponse response)
        : base(string.Create(CultureInfo.InvariantCulture, $"DIMSE status 0x{response.Status:X4}: {response.ErrorComment}")) =>
        Response = response;

    /// <summary>The response the peer gets, or gave.</summary>
    public DimseResponse Response { get; }

    /// <summary>Status (0000,0900).</summary>
    public ushort Status => Response.Status;
}
