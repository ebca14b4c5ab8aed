using System.Net;
using Microsoft.Extensions.Logging;

namespace Gantry.Dicom.Network;

/// <summary>A DICOM server: accepts associations and hands their requests to the services of their SOP classes.</summary>
public sealed class DicomListener : IAsyncDisposable
{
    /// <summary>A listener that does not listen yet.</summary>
    /// <exception cref="ArgumentException">An option that cannot work, or a SOP class with two services.</exception>
    public DicomListener(
        DicomListenerOptions options, IEnumerable<SopClassService> services, IAssociationPolicy? policy = null,
        ILoggerFactory? loggerFactory = null, TimeProvider? timeProvider = null) => throw new NotImplementedException();

    /// <summary>The addresses it listens on, with the ports that were free where the options said 0.</summary>
    public IReadOnlyList<IPEndPoint> BoundEndPoints { get; } = [];

    /// <summary>Associations that stand now.</summary>
    public int AssociationCount { get; }

    /// <summary>What has happened since the start.</summary>
    public ListenerCounters Counters { get; } = new();

    /// <summary>Listens on every end point, or on none.</summary>
    /// <exception cref="DicomNetworkException">An end point cannot be bound; the message names it.</exception>
    public Task StartAsync(CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>
    /// Stops accepting, lets operations that run finish for up to <paramref name="drain"/>, aborts what is left, and returns
    /// when every association has ended.
    /// </summary>
    public Task StopAsync(TimeSpan drain, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Stops without waiting for operations.</summary>
    public ValueTask DisposeAsync() => throw new NotImplementedException();
}
