namespace Gantry.Dicom.Network;

/// <summary>
/// The answer of a service, or the final answer of C-FIND; ids and UIDs of the request are echoed by themselves.
/// </summary>
/// <param name="Status">Status (0000,0900); see <see cref="DimseStatus"/>.</param>
public sealed record DimseResponse(ushort Status)
{
    /// <summary>Success, with nothing more to say.</summary>
    public static DimseResponse Success { get; } = new(DimseStatus.Success);

    /// <summary>Error Comment (0000,0902), an LO: what is over 64 characters is cut, what is not ASCII goes out as '?'.</summary>
    public string? ErrorComment { get; init; }

    /// <summary>Offending Element (0000,0901).</summary>
    public IReadOnlyList<DicomTag> OffendingElements { get; init; } = [];

    /// <summary>Error ID (0000,0903).</summary>
    public ushort? ErrorId { get; init; }

    /// <summary>Attribute Identifier List (0000,1005): the attributes a status 0x0106, 0x0107 or 0x0120 speaks of.</summary>
    public IReadOnlyList<DicomTag> AttributeList { get; init; } = [];

    /// <summary>
    /// Affected SOP Instance UID (0000,1000), where it is not the request's (an N-CREATE that lets the SCP choose).
    /// </summary>
    public string? AffectedSopInstanceUid { get; init; }

    /// <summary>The data set as bytes in the context's transfer syntax; empty for none.</summary>
    public ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>
    /// The data set, instead of <see cref="Data"/>: a service's is written in the context's transfer syntax, a client gets the
    /// peer's here, decoded.
    /// </summary>
    public DicomDataset? Dataset { get; init; }

    /// <summary>True if the operation was done: success or a warning.</summary>
    public bool IsSuccess => DimseStatus.IsSuccessOrWarning(Status);

    /// <summary>This response, if the operation was done.</summary>
    /// <exception cref="DimseException">The status is a failure.</exception>
    public DimseResponse EnsureSuccess() =>
        IsSuccess ? this : throw new DimseException(Status, ErrorComment ?? "", [.. OffendingElements]);
}
