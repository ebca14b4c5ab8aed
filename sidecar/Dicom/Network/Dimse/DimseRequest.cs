namespace Gantry.Dicom.Network;

/// <summary>A DIMSE request as a service sees it: the command set's fields and the data set's bytes (PS3.7 9.3, 10.3).</summary>
public sealed class DimseRequest
{
    /// <summary>The association it came on.</summary>
    public required AssociationInfo Association { get; init; }

    /// <summary>The operation asked for, (0000,0100).</summary>
    public required DimseCommand Command { get; init; }

    /// <summary>Presentation context it came on: an odd number, 1 to 255.</summary>
    public byte ContextId { get; init; }

    /// <summary>
    /// Abstract syntax of that context. It differs from <see cref="SopClassUid"/> where a service has several classes.
    /// </summary>
    public required string AbstractSyntax { get; init; }

    /// <summary>Transfer syntax of that context, in which <see cref="Data"/> stands.</summary>
    public required TransferSyntax TransferSyntax { get; init; }

    /// <summary>Message ID (0000,0110).</summary>
    public ushort MessageId { get; init; }

    /// <summary>Affected or Requested SOP Class UID, (0000,0002) or (0000,0003).</summary>
    public required string SopClassUid { get; init; }

    /// <summary>Affected or Requested SOP Instance UID, (0000,1000) or (0000,1001); null if the request has none.</summary>
    public string? SopInstanceUid { get; init; }

    /// <summary>Priority (0000,0700): 0 medium, 1 high, 2 low.</summary>
    public ushort Priority { get; init; }

    /// <summary>
    /// The data set, undecoded; empty if there is none. It belongs to the association: valid until the service's task has
    /// completed, copy what must live longer.
    /// </summary>
    public ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>False if the request said that no data set follows, (0000,0800) = 0101H.</summary>
    public bool HasData { get; init; }

    /// <summary>Attributes asked for by an N-GET, (0000,1005); empty asks for all.</summary>
    public IReadOnlyList<DicomTag> AttributeIdentifierList { get; init; } = [];

    /// <summary>Action Type ID (0000,1008) of an N-ACTION.</summary>
    public ushort? ActionTypeId { get; init; }

    /// <summary>Event Type ID (0000,1002) of an N-EVENT-REPORT.</summary>
    public ushort? EventTypeId { get; init; }

    /// <summary>Move Destination (0000,0600) of a C-MOVE: an AE title.</summary>
    public string? MoveDestination { get; init; }

    /// <summary>The data set, decoded; an empty one if there is none.</summary>
    /// <param name="options">Bounds, and the character set to assume where the data set names none.</param>
    /// <exception cref="DicomFormatException">The bytes are no data set in <see cref="TransferSyntax"/>.</exception>
    public DicomDataset ReadDataset(DicomReadOptions? options = null) =>
        HasData ? DicomDataset.Read(Data, TransferSyntax, options) : [];
}
