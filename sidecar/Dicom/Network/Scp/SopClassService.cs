namespace Gantry.Dicom.Network;

/// <summary>
/// Serves one SOP class, or several that belong together, as SCP. Operations that are not overridden answer 0x0211,
/// unrecognized operation. One instance serves all associations at once, so it keeps no state of a request in fields.
/// A service runs on the association's read loop: while it waits, only its own association waits.
/// </summary>
/// <remarks>
/// To refuse a request throw <see cref="DimseException"/>; the peer gets its status. Any other exception is logged with
/// peer and phase, and the peer gets 0x0110, processing failure. The token given to an operation is cancelled when the
/// association ends; a C-CANCEL shows in <see cref="FindResponses.IsCancelled"/> alone.
/// </remarks>
public abstract class SopClassService
{
    private static readonly TransferSyntax[] NativeLittleEndian =
        [TransferSyntax.ExplicitVrLittleEndian, TransferSyntax.ImplicitVrLittleEndian];

    /// <summary>The abstract syntaxes it is negotiated under.</summary>
    public abstract IReadOnlyList<string> SopClassUids { get; }

    /// <summary>Transfer syntaxes it takes, best first; the first one that the peer proposes is accepted.</summary>
    public virtual IReadOnlyList<TransferSyntax> TransferSyntaxes => NativeLittleEndian;

    /// <summary>
    /// Answers SOP class extended negotiation (PS3.7 D.3.3.5) with service class application information, or with null for
    /// none. What a peer proposed also stands in <see cref="AssociationInfo.Parameters"/>.
    /// </summary>
    public virtual ReadOnlyMemory<byte>? AnswerExtendedNegotiation(ExtendedNegotiation proposed) => null;

    /// <summary>
    /// Asked when the command set of a request has arrived and its data set has not: a response other than null is sent
    /// once the data set has gone by, and none of it is kept.
    /// </summary>
    public virtual DimseResponse? RefuseBeforeData(DimseRequest request) => null;

    /// <summary>C-ECHO (PS3.7 9.1.5).</summary>
    public virtual ValueTask<DimseResponse> EchoAsync(DimseRequest request, CancellationToken cancellationToken) =>
        Unrecognized();

    /// <summary>C-STORE (PS3.7 9.1.1).</summary>
    public virtual ValueTask<DimseResponse> StoreAsync(DimseRequest request, CancellationToken cancellationToken) =>
        Unrecognized();

    /// <summary>
    /// C-FIND (PS3.7 9.1.2): pending responses go into <paramref name="responses"/>, the final one is returned.
    /// </summary>
    public virtual ValueTask<DimseResponse> FindAsync(
        DimseRequest request, FindResponses responses, CancellationToken cancellationToken) => Unrecognized();

    /// <summary>C-MOVE (PS3.7 9.1.4), with a final response only.</summary>
    public virtual ValueTask<DimseResponse> MoveAsync(DimseRequest request, CancellationToken cancellationToken) =>
        Unrecognized();

    /// <summary>C-GET (PS3.7 9.1.3), with a final response only.</summary>
    public virtual ValueTask<DimseResponse> RetrieveAsync(DimseRequest request, CancellationToken cancellationToken) =>
        Unrecognized();

    /// <summary>N-EVENT-REPORT (PS3.7 10.1.1).</summary>
    public virtual ValueTask<DimseResponse> EventReportAsync(DimseRequest request, CancellationToken cancellationToken) =>
        Unrecognized();

    /// <summary>N-GET (PS3.7 10.1.2).</summary>
    public virtual ValueTask<DimseResponse> GetAsync(DimseRequest request, CancellationToken cancellationToken) => Unrecognized();

    /// <summary>N-SET (PS3.7 10.1.3).</summary>
    public virtual ValueTask<DimseResponse> SetAsync(DimseRequest request, CancellationToken cancellationToken) => Unrecognized();

    /// <summary>N-ACTION (PS3.7 10.1.4).</summary>
    public virtual ValueTask<DimseResponse> ActionAsync(DimseRequest request, CancellationToken cancellationToken) =>
        Unrecognized();

    /// <summary>N-CREATE (PS3.7 10.1.5).</summary>
    public virtual ValueTask<DimseResponse> CreateAsync(DimseRequest request, CancellationToken cancellationToken) =>
        Unrecognized();

    /// <summary>N-DELETE (PS3.7 10.1.6).</summary>
    public virtual ValueTask<DimseResponse> DeleteAsync(DimseRequest request, CancellationToken cancellationToken) =>
        Unrecognized();

    private static ValueTask<DimseResponse> Unrecognized() => new(UnrecognizedResponse);

    internal static DimseResponse UnrecognizedResponse { get; } = new(DimseStatus.UnrecognizedOperation);
}
