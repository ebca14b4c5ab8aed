using Microsoft.Extensions.Logging;

namespace Gantry.Dicom.Network;

/// <summary>A DICOM client: one association, one operation at a time. Its methods may be called from several threads and take turns.</summary>
public sealed class DicomClient : IAsyncDisposable
{
    private DicomClient() { }

    /// <summary>What was negotiated; the contexts hold the peer's results.</summary>
    public AssociateParameters Accepted { get; } = null!;

    /// <summary>Connects and associates.</summary>
    /// <exception cref="AssociationRejectedException">The peer rejects the association.</exception>
    /// <exception cref="DicomNetworkException">Anything else fails; it names the phase.</exception>
    public static Task<DicomClient> ConnectAsync(
        DicomClientOptions options, CancellationToken cancellationToken, ILoggerFactory? loggerFactory = null,
        TimeProvider? timeProvider = null) => throw new NotImplementedException();

    /// <summary>The transfer syntax accepted for a SOP class, or null if the peer did not accept it.</summary>
    public TransferSyntax? AcceptedSyntax(string sopClassUid) => throw new NotImplementedException();

    /// <summary>C-ECHO.</summary>
    public Task<DimseResponse> EchoAsync(CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Releases the association and closes the connection.</summary>
    public Task ReleaseAsync(CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Aborts the association and closes the connection.</summary>
    public Task AbortAsync() => throw new NotImplementedException();

    /// <summary>Aborts, unless the association was released.</summary>
    public ValueTask DisposeAsync() => throw new NotImplementedException();
}
