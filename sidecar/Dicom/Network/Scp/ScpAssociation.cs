using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;

namespace Gantry.Dicom.Network;

/// <summary>
/// One association on the accepting side. Everything happens in its read loop:
/// <code>
///   socket -> ReceiveBuffer -> PDUs -> state machine
///                                \-> P-DATA-TF -> MessageAssembler -> service -> SendBuffer -> socket
/// </code>
/// A service runs inline. While one is not finished, the loop goes on reading, so that C-CANCEL, A-ABORT and a closed
/// connection reach it; further requests wait in order. The send buffer has one writer at a time: the loop while no service
/// runs, the service's request while one does.
/// </summary>
#pragma warning disable CA1001 // the end of its loop disposes what it owns
internal sealed partial class ScpAssociation
#pragma warning restore CA1001
{
    private const long MaximumDiscarded = 8 << 20; // more than the socket buffers of both sides hold

    private readonly AssociationHost _host;
    private readonly Transport _transport;
    private readonly AssociationDeadlines _deadlines;
    private readonly ReceiveBuffer _receive = new();
    private readonly SendBuffer _send = new();
    private readonly MessageAssembler _assembler;
    private AssociationInfo? _info;
    private bool _wasAssociated;
    private Task<int>? _read;      // a read carried over while services ran
    private volatile bool _isDraining;
    private bool _isOnAcceptLoop;
    private bool _hasExpired;
    private long _messageDeadline, _releaseDeadline, _discarded;

    public ScpAssociation(AssociationHost host, Transport transport)
    {
        _host = host;
        _transport = transport;
        Id = host.NextId();
        _deadlines = new AssociationDeadlines(host, transport);
        _assembler = new MessageAssembler(host.Options.MaximumDatasetLength, RefuseBeforeData, host.Budget);
    }

    public long Id { get; }

    /// <summary>The loop; done when the association and everything it ran have ended.</summary>
    public Task Completion { get; private set; } = Task.CompletedTask;

    /// <summary>Starts the loop; <paramref name="ended"/> is called once, at its end.</summary>
    /// <remarks>
    /// It begins on the accept loop, which saves the way over another thread until the association stands; services never run
    /// there. A TLS handshake is too much work for that.
    /// </remarks>
    public void Start(Action<ScpAssociation> ended)
    {
        _isOnAcceptLoop = _transport is SocketTransport;
        Completion = _isOnAcceptLoop ? RunAsync(ended) : Task.Run(() => RunAsync(ended));
    }

    /// <summary>Compares the deadlines with the clock.</summary>
    public void Sweep(long now) => _deadlines.Check(now);

    /// <summary>Lets what runs finish, then releases.</summary>
    public void Drain()
    {
        _isDraining = true;
        _deadlines.StopReading();
    }

    /// <summary>Aborts now; a second call closes the connection.</summary>
    public void Kill() => _deadlines.Expire(DeadlineKind.Shutdown);

    private ILogger LogAt(LogLevel level) => _host.LoggerFor(_transport.RemoteEndPoint.Address, level);

    private async Task RunAsync(Action<ScpAssociation> ended)
    {
        try
        {
            _deadlines.ExpectRead(DeadlineKind.Artim, _host.Options.ArtimTimeout);
            Happened(AssociationEvent.TransportIndicated);
            if (await HandshakeAsync()) await ReadLoopAsync();
        }
        catch (Exception e)
        {
            LogAt(LogLevel.Error).AssociationFault(e, Id, _transport.RemoteEndPoint);
            await AbortAfterFaultAsync();
        }
        finally
        {
            try
            {
                await CleanUpAsync();
            }
            finally
            {
                // Whatever happens above, the peer's place is free again
                _host.Limits.Close(_transport.RemoteEndPoint.Address, _wasAssociated);
                ended(this);
            }
        }
    }

    private async Task CleanUpAsync()
    {
        _deadlines.StopWorking();
        if (_running is { } running) await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _transport.Dispose();
        if (_read is { } read) await read; // ends with the connection; the buffer is its until then
        _assembler.Release();
        foreach (var message in _waiting) message.Return();
        _receive.Release();
        _send.Clear();
        _deadlines.Dispose();
    }

    private async Task ReadLoopAsync()
    {
        while (true)
        {
            if (_running is { IsCompleted: true }) _running = null;
            if (_deadlines.Expired != DeadlineKind.None && !_hasExpired) OnExpired();
            var isFull = ProcessInput();
            if (_running is { } running)
            {
                await WaitBesidesAsync(running);
                continue;
            }
            SendWhatWasDeferred();
            if (_isSendBroken)
            {
                if (_state == AssociationState.Established) OnSendFailed();
                return;
            }
            if (_send.Length > 0 && !await FlushAsync()) return;
            if (_state == AssociationState.Idle) return;
            if (isFull) continue;
            if (_isDraining && !IsMidMessage && BeginRelease()) continue;
            ExpectNextRead();
            if (_isOnAcceptLoop && _state != AssociationState.AwaitingAssociateRequest)
            {
                await LeaveAcceptLoopAsync();
                continue;
            }
            Received(_read is { } carried ? await carried : await ReceiveAsync());
            _read = null;
        }
    }

    private async ValueTask LeaveAcceptLoopAsync()
    {
        _isOnAcceptLoop = false;
        if (_receive.UnreadLength > 0)
        {
            await Task.Yield();
            return;
        }
        var read = ReceiveAsync();
        if (read.IsCompleted) await Task.Yield();
        Received(await read);
    }

    /// <summary>One step while a service runs: until it finishes, or something comes in.</summary>
    private async Task WaitBesidesAsync(Task running)
    {
        if (!MayReadAhead)
        {
            if (_abort is null) _deadlines.ExpectNothing();
            _isNotReading = true;
            InputWasSeen();
            await running;
            _isNotReading = false;
            return;
        }
        _read ??= ReceiveAsync().AsTask();
        if (!_read.IsCompleted)
        {
            ExpectNextRead();
            InputWasSeen();
            await Task.WhenAny(_read, running);
        }
        if (!_read.IsCompleted) return;
        var count = await _read;
        _read = null;
        Received(count);
    }

    // Part of a message is here, and the rest is on its way
    private bool IsMidMessage =>
        _state == AssociationState.Established && (_assembler.IsMidMessage || _receive.UnreadLength > 0);

    private bool MayReadAhead =>
        _state != AssociationState.Idle && _abort is null && !_isDraining && _waiting.Count < MaximumWaiting
        && _deadlines.Expired == DeadlineKind.None;

    // Bytes received; 0: the connection is closed; -1: woken up
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> ReceiveAsync()
    {
        try
        {
            return await _transport.ReceiveAsync(_receive.Free(), _deadlines.Reading);
        }
        catch (OperationCanceledException)
        {
            return -1;
        }
        catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException)
        {
            return 0;
        }
    }

    private void Received(int count)
    {
        if (count > 0)
        {
            _receive.Received(count);
            // What was on its way when we aborted is taken, so that the A-ABORT is not lost with the connection; a flood is not
            if (_state == AssociationState.AwaitingTransportClose && (_discarded += count) > MaximumDiscarded)
                Happened(AssociationEvent.ArtimExpired);
            return;
        }
        if (count == 0 && _deadlines.Expired == DeadlineKind.None) OnClosed();
        else if (count == 0) _state = AssociationState.Idle;
        else _deadlines.AllowReading(); // the loop now looks why it was woken up
    }

    private void OnClosed()
    {
        if (_state is not (AssociationState.AwaitingTransportClose or AssociationState.AwaitingAssociateRequest
            or AssociationState.Idle))
        {
            LogAt(LogLevel.Information).ConnectionLost(Id, _transport.RemoteEndPoint, Phase);
            Interlocked.Increment(ref _host.Counters.AbortedCount);
        }
        Happened(AssociationEvent.TransportClosed);
    }

    private void OnExpired()
    {
        _hasExpired = true;
        var kind = _deadlines.Expired;
        if (_state is AssociationState.Idle) return;
        if (_state != AssociationState.AwaitingTransportClose)
            LogAt(LogLevel.Warning).DeadlineExpired(Id, _transport.RemoteEndPoint, Phase, kind.ToString());
        if (_state is AssociationState.AwaitingAssociateRequest or AssociationState.AwaitingTransportClose)
        {
            Happened(AssociationEvent.ArtimExpired);
            return;
        }
        Interlocked.Increment(ref _host.Counters.AbortedCount);
        Happened(AssociationEvent.AbortRequested);
    }

    private void ExpectNextRead()
    {
        // ARTIM runs from where the state began, not from each read
        if (_state is AssociationState.AwaitingAssociateRequest or AssociationState.AwaitingTransportClose) return;
        if (_receive.UnreadLength == 0 && !_assembler.IsMidMessage)
        {
            _messageDeadline = 0;
            if (_read is null) _receive.Shrink(); // else the array is the read's
            if (_running is not null) _deadlines.ExpectNothing();
            else if (_state == AssociationState.Established) _deadlines.ExpectRead(DeadlineKind.Idle, _host.Options.IdleTimeout);
            else _deadlines.ExpectRead(DeadlineKind.Artim, _releaseDeadline);
            return;
        }
        // A message that began has one deadline for all of it, however its bytes drip in
        if (_messageDeadline == 0) _messageDeadline = _host.Deadline(_host.Options.MessageTimeout);
        _deadlines.ExpectRead(DeadlineKind.Message, _messageDeadline);
    }
}
