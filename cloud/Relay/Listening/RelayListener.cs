using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gantry.Relay;

/// <summary>
/// Listens on a hybrid connection: registers, answers every sender's message through the handler, renews its token,
/// notices a dead link by traffic, and registers again, with growing pauses, for as long as it runs.
/// </summary>
/// <remarks>
/// <code>
///   control channel   ws .../$hc/PATH?sb-hc-action=listen   stays open; the relay sends "accept" for each sender
///        accept  -->  rendezvous   ws ...?sb-hc-action=accept   one message in, one reply out, closed (or again, when asked to)
/// </code>
/// Connections outlive the control channel that announced them.
/// </remarks>
public sealed class RelayListener : IAsyncDisposable
{
    /// <summary>A registration that held this long was a good one: the next failure starts with a short pause again.</summary>
    private static readonly TimeSpan GoodRegistration = TimeSpan.FromSeconds(30);

    private readonly RelayListenerOptions _options;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly RelayConnector _connector;
    private readonly RelaySender _echoSender;
    private readonly OwnEcho _echo;
    private readonly Visit _visit;
    private readonly ListenerCounters _counters = new();
    private readonly Backoff _backoff;
    private readonly SemaphoreSlim _turns;
    private readonly ConcurrentDictionary<long, Task> _visits = new();
    private readonly CancellationTokenSource _stopListening = new();
    private readonly CancellationTokenSource _stopVisits = new();
    private readonly Lock _state = new();
    private TaskCompletionSource _registered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ControlChannel? _channel;
    private DateTimeOffset? _lastHeard;
    private RelayException? _lastFailure;
    private Task? _run;
    private long _visitNumber;
    private int _underWay;
    private TimeSpan _patience = TimeSpan.MaxValue;

    /// <summary>A listener, not yet started.</summary>
    /// <param name="options">Where and how.</param>
    /// <param name="handler">Answers messages.</param>
    /// <param name="logger">Null logs nothing.</param>
    /// <param name="time">Null is the machine's clock.</param>
    public RelayListener(RelayListenerOptions options, RelayMessageHandler handler, ILogger<RelayListener>? logger = null, TimeProvider? time = null)
    {
        _options = options;
        _logger = logger ?? NullLogger<RelayListener>.Instance;
        _time = time ?? TimeProvider.System;
        _connector = new(options.Endpoint, _time);
        _echo = new(_time);
        _echoSender = new(new() { Endpoint = options.Endpoint, RendezvousTimeout = options.EchoTimeout, ReplyTimeout = options.EchoTimeout }, _time);
        _visit = new(options, _connector, handler, _echo, _counters, _logger, _time, _stopListening.Token);
        _backoff = new(options.FirstPause, options.LongestPause, Random.Shared.NextDouble);
        _turns = new(options.MaximumConnections, options.MaximumConnections);
    }

    /// <summary>How it is now.</summary>
    public RelayListenerStatus Status
    {
        get
        {
            lock (_state)
            {
                return new()
                {
                    IsRegistered = _channel is not null,
                    LastHeard = _channel?.LastHeard ?? _lastHeard,
                    LastFailure = _lastFailure,
                    Registrations = Interlocked.Read(ref _counters.Registrations),
                    Zombies = Interlocked.Read(ref _counters.Zombies),
                    Renewals = Interlocked.Read(ref _counters.Renewals),
                    Connections = Volatile.Read(ref _underWay),
                    Idle = Volatile.Read(ref _counters.Idle),
                    Answered = Interlocked.Read(ref _counters.Answered),
                    Rejected = Interlocked.Read(ref _counters.Rejected),
                    Failed = Interlocked.Read(ref _counters.Failed),
                };
            }
        }
    }

    /// <summary>Begins to listen and returns at once; failures are retried for ever. Call it once.</summary>
    public void Start()
    {
        if (_run is not null)
            throw new InvalidOperationException("The listener was started before.");
        _run = RunAsync(_stopListening.Token);
    }

    /// <summary>Returns when the listener is registered, at once if it is.</summary>
    /// <param name="cancellationToken">Ends the wait, not the listener.</param>
    public Task WaitUntilRegisteredAsync(CancellationToken cancellationToken = default)
    {
        lock (_state)
            return _registered.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Leaves the relay, lets what runs come to its end, cuts short what takes longer than that.</summary>
    /// <param name="drain">How long to let it run.</param>
    /// <param name="cancellationToken">Cuts everything short at once.</param>
    public async Task StopAsync(TimeSpan drain, CancellationToken cancellationToken = default)
    {
        _patience = drain;
        await _stopListening.CancelAsync();
        if (_run is not null)
            await _run;
        try
        {
            await Task.WhenAll(_visits.Values).WaitAsync(drain, _time, cancellationToken);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            await _stopVisits.CancelAsync();
            await Task.WhenAll(_visits.Values);
        }
    }

    /// <summary>Stops without waiting for what runs.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync(TimeSpan.Zero);
        _stopListening.Dispose();
        _stopVisits.Dispose();
        _turns.Dispose();
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var begun = _time.GetUtcNow();
            try
            {
                await ListenAsync(cancellationToken);
            }
            catch (RelayException exception)
            {
                lock (_state)
                    _lastFailure = exception;
                if (_time.GetUtcNow() - begun >= GoodRegistration)
                    _backoff.Reset();
                var pause = _backoff.Next();
                _logger.ListenerLost(_options.Endpoint.Path, exception.Phase, exception.Reason, pause.TotalSeconds);
                await Task.Delay(pause, _time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                // Told to stop
            }
        }
        _logger.ListenerStopped(_options.Endpoint.Path);
    }

    /// <summary>One registration, from token to end.</summary>
    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        var endpoint = _options.Endpoint;
        var token = await TokenRequest.GetAsync(endpoint, cancellationToken);
        using var socket = await _connector.ConnectAsync(
            endpoint.AddressFor("listen", token.Value), RelayPhase.Register, _options.RegisterTimeout, null, cancellationToken);
        var channel = new ControlChannel(socket, token, _options, _echoSender, _echo, _counters, Begin, () => _patience, _logger, _time);
        Interlocked.Increment(ref _counters.Registrations);
        _logger.ListenerRegistered(endpoint.Path);
        lock (_state)
        {
            _channel = channel;
            _registered.TrySetResult();
        }
        try
        {
            await channel.RunAsync(cancellationToken);
        }
        finally
        {
            lock (_state)
            {
                _lastHeard = channel.LastHeard;
                _channel = null;
                _registered = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }

    /// <summary>Serves a sender on a task of its own, which this listener keeps until it is done.</summary>
    private void Begin(AcceptMessage accept)
    {
        var number = Interlocked.Increment(ref _visitNumber);
        var rejection = Interlocked.Increment(ref _underWay) - Volatile.Read(ref _counters.Idle) > _options.MaximumConnections + _options.MaximumWaiting
            ? new RelayRejection(503, "The listener is busy.") : null;
        var visit = Task.Run(() => TakeTurnAsync(accept, rejection), CancellationToken.None);
        _visits[number] = visit;
        // Attached after the visit is in the list, so that it cannot stay there for ever
        visit.ContinueWith(_ => _visits.TryRemove(number, out var _), CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private async Task TakeTurnAsync(AcceptMessage accept, RelayRejection? rejection)
    {
        using var turn = new Turn(_turns);
        try
        {
            if (rejection is null)
                await turn.TakeAsync(_stopVisits.Token);
            await _visit.ServeAsync(accept, rejection, turn, _stopVisits.Token);
        }
        catch (OperationCanceledException) when (_stopVisits.IsCancellationRequested)
        {
            Interlocked.Increment(ref _counters.Failed);
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }
}
