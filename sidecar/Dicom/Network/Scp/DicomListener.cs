using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gantry.Dicom.Network;

/// <summary>A DICOM server: accepts associations and hands their requests to the services of their SOP classes.</summary>
public sealed class DicomListener : IAsyncDisposable
{
    private const int Backlog = 1024;
    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AcceptRetryDelay = TimeSpan.FromMilliseconds(100);
    // For aborts to go out when the drain is over, and for services to notice
    private static readonly TimeSpan AbortGrace = TimeSpan.FromSeconds(5);

    private readonly DicomListenerOptions _options;
    private readonly AssociationHost _host;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<long, ScpAssociation> _associations = new();
    private readonly CancellationTokenSource _stopAccepting = new();
    private readonly List<Socket> _sockets = [];
    private readonly List<Task> _acceptLoops = [];
    private ITimer? _sweep;

    /// <summary>A listener that does not listen yet.</summary>
    /// <exception cref="ArgumentException">An option that cannot work, or a SOP class with two services.</exception>
    public DicomListener(
        DicomListenerOptions options, IEnumerable<SopClassService> services, IAssociationPolicy? policy = null,
        ILoggerFactory? loggerFactory = null, TimeProvider? timeProvider = null)
    {
        options.Validate();
        _options = options;
        _logger = (loggerFactory ?? NullLoggerFactory.Instance).CreateLogger<DicomListener>();
        _time = timeProvider ?? TimeProvider.System;
        var registry = new ServiceRegistry(services);
        _host = new AssociationHost(
            options, registry, new Negotiator(options, registry), policy ?? AcceptAllPolicy.Instance, new AssociationLimits(options),
            Counters, _logger, _time);
    }

    /// <summary>The addresses it listens on, with the ports that were free where the options said 0.</summary>
    public IReadOnlyList<IPEndPoint> BoundEndPoints { get; private set; } = [];

    /// <summary>Associations that stand now.</summary>
    public int AssociationCount => _host.Limits.Associated;

    /// <summary>What has happened since the start.</summary>
    public ListenerCounters Counters { get; } = new();

    /// <summary>Listens on every end point, or on none.</summary>
    /// <exception cref="DicomNetworkException">An end point cannot be bound; the message names it.</exception>
    public Task StartAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        foreach (var endPoint in _options.EndPoints)
        {
            try
            {
                _sockets.Add(Bind(endPoint));
            }
            catch (SocketException e)
            {
                foreach (var socket in _sockets) socket.Dispose();
                _sockets.Clear();
                throw new DicomNetworkException(NetworkPhase.Listen, $"Cannot listen for DICOM on {endPoint}: {e.Message}", e);
            }
        }
        BoundEndPoints = [.. _sockets.Select(s => (IPEndPoint)s.LocalEndPoint!)];
        foreach (var endPoint in BoundEndPoints) _logger.Listening(endPoint, _options.Tls is not null);
        _sweep = _time.CreateTimer(_ => Sweep(), null, SweepInterval, SweepInterval);
        _acceptLoops.AddRange(_sockets.Select(s => Task.Run(() => AcceptAsync(s), CancellationToken.None)));
        return Task.CompletedTask;
    }

    /// <summary>
    /// Stops accepting, lets operations that run finish for up to <paramref name="drain"/>, aborts what is left, and returns
    /// when every association has ended. A service that does not heed its token is not waited for longer than 5 s more.
    /// </summary>
    public async Task StopAsync(TimeSpan drain, CancellationToken cancellationToken = default)
    {
        _host.IsStopping = true;
        await _stopAccepting.CancelAsync();
        foreach (var socket in _sockets) socket.Dispose();
        await Task.WhenAll(_acceptLoops);
        if (BoundEndPoints.Count == 0) return;

        if (drain > TimeSpan.Zero)
        {
            foreach (var association in _associations.Values) association.Drain();
            await AllEndedAsync(drain, cancellationToken);
        }
        var aborted = 0;
        foreach (var association in _associations.Values)
        {
            association.Kill();
            aborted++;
        }
        await AllEndedAsync(AbortGrace, CancellationToken.None);
        foreach (var association in _associations.Values) association.Kill(); // the second time closes the connection
        if (_sweep is not null) await _sweep.DisposeAsync();
        _logger.Stopped(aborted);
        BoundEndPoints = [];
    }

    /// <summary>Stops without waiting for operations.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync(TimeSpan.Zero);
        _stopAccepting.Dispose();
    }

    private static Socket Bind(IPEndPoint endPoint)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (endPoint.Address.Equals(IPAddress.IPv6Any)) socket.DualMode = true;
            socket.Bind(endPoint);
            socket.Listen(Backlog);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task AcceptAsync(Socket listening)
    {
        while (!_stopAccepting.IsCancellationRequested)
        {
            try
            {
                Serve(await listening.AcceptAsync(_stopAccepting.Token));
            }
            catch (Exception e) when (_stopAccepting.IsCancellationRequested
                && e is OperationCanceledException or ObjectDisposedException or SocketException)
            {
                return;
            }
            catch (SocketException e)
            {
                // A connection that was gone again before it was accepted, or no file descriptor left for it: others will come
                if (e.SocketErrorCode is SocketError.ConnectionReset or SocketError.ConnectionAborted) continue;
                _logger.AcceptFailed(e.SocketErrorCode.ToString(), AcceptRetryDelay.TotalSeconds);
                await Task.Delay(AcceptRetryDelay, _time, CancellationToken.None);
            }
        }
    }

    private void Serve(Socket socket)
    {
        Transport transport;
        try
        {
            transport = _options.Tls is null ? new SocketTransport(socket) : new TlsTransport(socket);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            socket.Dispose(); // the peer is gone already
            return;
        }
        if (_host.Limits.Connect(transport.RemoteEndPoint.Address) is { } refusal)
        {
            Interlocked.Increment(ref Counters.RefusedConnectionCount);
            _logger.ConnectionRefused(transport.RemoteEndPoint, refusal);
            transport.Dispose();
            return;
        }
        var association = new ScpAssociation(_host, transport);
        _associations[association.Id] = association;
        association.Start(Ended);
    }

    private void Ended(ScpAssociation association) => _associations.TryRemove(association.Id, out _);

    private void Sweep()
    {
        var now = _time.GetTimestamp();
        foreach (var association in _associations) association.Value.Sweep(now);
    }

    private async Task AllEndedAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAll(_associations.Values.Select(a => a.Completion)).WaitAsync(limit, _time, cancellationToken);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            // The caller goes on with what is left
        }
    }
}
