using System.Net;
using Gantry.Audit;
using Gantry.Dicom.Network;
using Gantry.Sidecar.Auditing;
using Gantry.Sidecar.Settings;
using Gantry.Worklist;

namespace Gantry.Sidecar.Hosting;

/// <summary>Runs the DICOM listener as long as the host runs, and lets running requests finish at the end.</summary>
internal sealed class DicomListenerService(
    SidecarSettings settings, IEnumerable<SopClassService> services, IAssociationPolicy policy, Auditor auditor, IWorklistStore store, ILoggerFactory loggers, TimeProvider time)
    : IHostedService, IAsyncDisposable
{
    private readonly ILogger _logger = loggers.CreateLogger<DicomListenerService>();
    private readonly DicomListener _listener = auditor.IsOn
        ? new(Options(settings), services.Select(service => new AuditedService(service, auditor, store)), new AuditedPolicy(policy, auditor), loggers, time)
        : new(Options(settings), services, policy, loggers, time);

    private bool _disposed;

    /// <summary>Where it was told to listen, with the ports it got; empty before the start. Stays when the listener does not.</summary>
    public IReadOnlyList<IPEndPoint> EndPoints { get; private set; } = [];

    /// <summary>Associations that stand now.</summary>
    public int AssociationCount => _listener.AssociationCount;

    /// <summary>What has happened since the start.</summary>
    public ListenerCounters Counters => _listener.Counters;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _listener.StartAsync(cancellationToken);
        EndPoints = [.. _listener.BoundEndPoints];
        Log.DicomServed(
            _logger, settings.Dicom.AeTitle,
            settings.Dicom.CheckCallingAeTitle || settings.Dicom.CheckModalityHost ? "the known modalities" : "every caller");
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (AssociationCount > 0)
            Log.Draining(_logger, AssociationCount, settings.Dicom.DrainTimeout.TotalSeconds);
        await _listener.StopAsync(settings.Dicom.DrainTimeout, cancellationToken);
        Log.Stopped(_logger, Counters.Requests, Counters.AssociationsAccepted);
    }

    // The container disposes it once as a service and once as a hosted service
    public ValueTask DisposeAsync() => Interlocked.Exchange(ref _disposed, true) ? ValueTask.CompletedTask : _listener.DisposeAsync();

    private static DicomListenerOptions Options(SidecarSettings settings)
    {
        var dicom = settings.Dicom;
        return new()
        {
            EndPoints = [.. dicom.Addresses(settings.Demo).SelectMany(address => dicom.Ports.Select(port => new IPEndPoint(address, port)))],
            MaximumPduLength = dicom.MaximumPduLength,
            MaximumAssociations = dicom.MaximumAssociations,
            MaximumAssociationsPerPeer = dicom.MaximumAssociationsPerPeer,
            MaximumPendingConnections = dicom.MaximumPendingConnections,
            MaximumDatasetLength = dicom.MaximumDatasetLength,
            MaximumReceivedLength = dicom.MaximumReceivedLength,
            LogLinesPerPeer = dicom.LogLinesPerPeer,
            ArtimTimeout = dicom.ArtimTimeout,
            IdleTimeout = dicom.IdleTimeout,
            MessageTimeout = dicom.MessageTimeout,
            SendTimeout = dicom.SendTimeout,
            Tls = dicom.Tls.Enabled ? TlsFiles.ServerOptions(dicom.Tls) : null,
        };
    }
}
