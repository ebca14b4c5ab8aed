using Microsoft.Extensions.Logging;

namespace Gantry.Dicom.Network;

/// <summary>A DICOM client: one association, one operation at a time. Its methods may be called from several threads and take turns.</summary>
/// <remarks>
/// Operations return the response whatever its status (<see cref="DimseResponse.EnsureSuccess"/> throws on a failure); they
/// throw <see cref="DicomNetworkException"/>, naming the phase, when there is none.
/// </remarks>
public sealed class DicomClient : IAsyncDisposable
{
    private DicomClient() { }

    /// <summary>What the peer answered; its contexts hold results and the chosen transfer syntaxes.</summary>
    public AssociateParameters Accepted { get; } = null!;

    /// <summary>Connects and associates.</summary>
    /// <exception cref="AssociationRejectedException">The peer rejects the association.</exception>
    /// <exception cref="DicomNetworkException">Anything else fails; it names the phase.</exception>
    public static Task<DicomClient> ConnectAsync(
        DicomClientOptions options, ILoggerFactory? loggerFactory = null, TimeProvider? timeProvider = null,
        CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>The transfer syntax accepted for a SOP class, or null if the peer did not accept it.</summary>
    public TransferSyntax? AcceptedSyntax(string sopClassUid) => throw new NotImplementedException();

    /// <summary>C-ECHO.</summary>
    public Task<DimseResponse> EchoAsync(CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>
    /// C-FIND: the matches as they arrive. Leaving the enumeration early, or cancelling it, sends a C-CANCEL and reads what is
    /// still on its way, so that the association stays of use.
    /// </summary>
    /// <exception cref="DimseException">The final status is a failure.</exception>
    public IAsyncEnumerable<DicomDataset> FindAsync(
        string sopClassUid, DicomDataset identifier, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>C-STORE of a file, in its transfer syntax or, if that is native, any native one that the peer accepted.</summary>
    public Task<DimseResponse> StoreAsync(DicomFile file, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>N-CREATE.</summary>
    public Task<DimseResponse> CreateAsync(
        string sopClassUid, string? sopInstanceUid, DicomDataset? attributes, CancellationToken cancellationToken = default) =>
        throw new NotImplementedException();

    /// <summary>N-SET.</summary>
    public Task<DimseResponse> SetAsync(
        string sopClassUid, string sopInstanceUid, DicomDataset modifications, CancellationToken cancellationToken = default) =>
        throw new NotImplementedException();

    /// <summary>N-GET.</summary>
    /// <param name="sopClassUid">Requested SOP class.</param>
    /// <param name="sopInstanceUid">Requested SOP instance.</param>
    /// <param name="attributes">The attributes asked for; empty asks for all.</param>
    /// <param name="contextClassUid">The abstract syntax of the context to ask on, where it is another (MPPS Retrieve).</param>
    /// <param name="cancellationToken">Ends the association if it is cancelled while the reply is awaited.</param>
    public Task<DimseResponse> GetAsync(
        string sopClassUid, string sopInstanceUid, IReadOnlyList<DicomTag> attributes, string? contextClassUid = null,
        CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>N-ACTION.</summary>
    public Task<DimseResponse> ActionAsync(
        string sopClassUid, string sopInstanceUid, ushort actionTypeId, DicomDataset? information,
        CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>N-EVENT-REPORT.</summary>
    public Task<DimseResponse> EventReportAsync(
        string sopClassUid, string sopInstanceUid, ushort eventTypeId, DicomDataset? information,
        CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>N-DELETE.</summary>
    public Task<DimseResponse> DeleteAsync(string sopClassUid, string sopInstanceUid, CancellationToken cancellationToken = default) =>
        throw new NotImplementedException();

    /// <summary>Releases the association and closes the connection.</summary>
    public Task ReleaseAsync(CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Aborts the association and closes the connection.</summary>
    public Task AbortAsync() => throw new NotImplementedException();

    /// <summary>Aborts, unless the association was released.</summary>
    public ValueTask DisposeAsync() => throw new NotImplementedException();
}
