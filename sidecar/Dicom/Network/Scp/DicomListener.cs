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
    private int _isStarted, _isStopped;

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
            options, registry, new Negotiator(options, registry), policy ?? AcceptAllPolicy.Instance,
            new AssociationLimits(options),
            Counters, _logger, _time);
    }

    /// <summary>The addresses it listens on, with the ports that were free where the options said 0.</summary>
    public IReadOnlyList<IPEndPoint> BoundEndPoints { get; private set; } = [];

    /// <summary>Associations that stand now.</summary>
    public int AssociationCount => _host.Limits.Associated;

    /// <summary>Bytes held in data sets of requests, those of 64 KB and less not counted.</summary>
    internal long ReceivedLength => _host.Budget.Held;

    /// <summary>What has happened since the start.</summary>
    public ListenerCounters Counters { get; } = new();

    /// <summary>Listens on every end point, or on none. A listener is started once.</summary>
    /// <exception cref="DicomNetworkException">An end point cannot be bound; the message names it.</exception>
    /// <exception cref="InvalidOperationException">It was started before, or stopped.</exception>
    public Task StartAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_host.IsStopping)
            throw new InvalidOperationException("A DICOM listener that was stopped cannot be started; make a new one.");
        if (Interlocked.Exchange(ref _isStarted, 1) != 0)
            throw new InvalidOperationException("The DICOM listener was started before.");
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
                Volatile.Write(ref _isStarted, 0); // the port may be free another time
                throw new DicomNetworkException(NetworkPhase.Listen, $"Cannot listen for DICOM on {endPoint}: {e.Message}", e);
            }
        }
        BoundEndPoints = [.. _sockets.Select(s => (IPEndPoint)s.LocalEndPoint!)];
        foreach (var endPoint in BoundEndPoints) _logger.Listening(endPoint, _options.Tls is not null);
        _sweep = _time.CreateTimer(_ => Sweep(), null, SweepInterval, SweepInterval);
        _acceptLoops.AddRange(_sockets.Zip(
            BoundEndPoints, (socket, endPoint) => Task.Run(() => AcceptAsync(socket, endPoint), CancellationToken.None)));
        return Task.CompletedTask;
    }

    /// <summary>
    /// Stops accepting, lets operations that run finish for up to <paramref name="drain"/>, aborts what is left, and returns
    /// when every association has ended. A service that does not heed its token is not waited for longer than 5 s more.
    /// A second call while the first one drains ends the drain when its own is over; later ones do nothing.
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
        if (Interlocked.Exchange(ref _isStopped, 1) != 0) return;
        if (_sweep is not null) await _sweep.DisposeAsync();
        _host.LogQuota.Sweep(long.MaxValue);
        _logger.Stopped(aborted);
        BoundEndPoints = [];
    }

    /// <summary>Stops without waiting for operations. It may be called again, and on a listener that was never started.</summary>
    public async ValueTask DisposeAsync() => await StopAsync(TimeSpan.Zero);

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

    private async Task AcceptAsync(Socket listening, IPEndPoint endPoint)
    {
        while (!_stopAccepting.IsCancellationRequested)
        {
            try
            {
                Serve(await listening.AcceptAsync(_stopAccepting.Token));
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionReset or SocketError.ConnectionAborted)
            {
                // A connection that was gone again before it was accepted
            }
            catch (Exception e)
            {
                // Whatever it is, such as no file descriptor being left, others will come; only stopping ends the loop
                if (_stopAccepting.IsCancellationRequested) return;
                var error = e is SocketException socketError ? socketError.SocketErrorCode.ToString() : e.ToString();
                _host.LoggerFor(endPoint.Address, LogLevel.Error).AcceptFailed(endPoint, error, AcceptRetryDelay.TotalSeconds);
                await Task.WhenAny(Task.Delay(AcceptRetryDelay, _time, _stopAccepting.Token));
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
        catch (Exception e)
        {
            socket.Dispose();
            if (e is SocketException or ObjectDisposedException) return; // the peer is gone already
            throw;
        }
        if (_host.Limits.Connect(transport.RemoteEndPoint.Address) is { } refusal)
        {
            Interlocked.Increment(ref Counters.RefusedConnectionCount);
            _host.LoggerFor(transport.RemoteEndPoint.Address, LogLevel.Warning)
                .ConnectionRefused(transport.RemoteEndPoint, refusal);
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
        _host.LogQuota.Sweep(now);
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
