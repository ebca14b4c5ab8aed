using System.Buffers;
using System.Net.Sockets;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Gantry.Dicom.Network;

/// <summary>
/// One association on the requesting side. A read loop takes what the peer sends: responses go into a short queue for the
/// operation that waits, requests of the peer are served and answered. Whoever writes holds <see cref="_writing"/>.
/// </summary>
internal sealed partial class ClientAssociation : IAsyncDisposable
{
    private const int WaitingResponses = 16; // more stay in the socket, so that a slow reader slows the peer
    private readonly DicomClientOptions _options;
    private readonly Transport _transport;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ReceiveBuffer _receive = new();
    private readonly SendBuffer _send = new();
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly MessageAssembler _assembler;
    private readonly ServiceRegistry _services;
    private readonly CancellationTokenSource _ended = new();
    private readonly Channel<IncomingMessage> _responses = Channel.CreateBounded<IncomingMessage>(WaitingResponses);
    private readonly TaskCompletionSource<AssociateParameters> _accepted =
        new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _stateLock = new();
    private AssociationState _state = AssociationState.AwaitingTransportConnection;
    private Task _loop = Task.CompletedTask;
    private AssociationInfo? _info;
    private int _limit;
    private int _isClosed, _isDisposed;

    private ClientAssociation(DicomClientOptions options, Transport transport, ILogger logger, TimeProvider time)
    {
        (_options, _transport, _logger, _time) = (options, transport, logger, time);
        _services = new ServiceRegistry(options.Services);
        _assembler = new MessageAssembler(options.MaximumDatasetLength);
    }

    public ContextTable Contexts => _assembler.Contexts;

    public AssociateParameters Accepted { get; private set; } = null!;

    private string Peer => $"{_options.Host}:{_options.Port}";

    /// <summary>Connects and associates.</summary>
    public static async Task<ClientAssociation> OpenAsync(
        DicomClientOptions options, ILogger logger, TimeProvider time, CancellationToken cancellationToken)
    {
        var proposal = ClientProposal.From(options);
        var transport = await ClientConnection.OpenAsync(options, time, cancellationToken);
        var association = new ClientAssociation(options, transport, logger, time);
        try
        {
            await association.AssociateAsync(proposal, cancellationToken);
            return association;
        }
        catch
        {
            await association.DisposeAsync();
            throw;
        }
    }

    private async Task AssociateAsync(AssociateParameters proposal, CancellationToken cancellationToken)
    {
        Happened(AssociationEvent.TransportConnected);
        _info = new AssociationInfo
        {
            Id = 0,
            LocalEndPoint = _transport.LocalEndPoint,
            RemoteEndPoint = _transport.RemoteEndPoint,
            Parameters = proposal,
        };
        await WriteAsync(output => PduWriter.Write(output, new Pdu.AssociateRequest(proposal)), cancellationToken);
        _loop = Task.Run(ReadLoopAsync, CancellationToken.None);
        try
        {
            Accepted = await _accepted.Task.WaitAsync(_options.AssociateTimeout, _time, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw Failure(NetworkPhase.Associate, "Association", ClientConnection.TimedOut(_options.AssociateTimeout));
        }
        _logger.ClientAssociated(Peer, _options.CallingAeTitle, _options.CalledAeTitle);
    }

    /// <summary>Sends a request; its data set goes out in fragments, while it is read if it is a stream.</summary>
    public async Task SendAsync(AcceptedContext context, byte[] command, Stream? data, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            if (_state != AssociationState.Established) throw Ended(NetworkPhase.Send);
            if (data is null || data is MemoryStream { Length: < SendBuffer.FullLength })
            {
                var bytes = data is MemoryStream memory ? memory.ToArray() : [];
                MessageWriter.Write(_send, context.Id, _limit, command, bytes, data is not null);
            }
            else
            {
                MessageWriter.WriteFragments(_send, context.Id, _limit, command, isCommand: true);
                await SendFragmentsAsync(context.Id, data, cancellationToken);
            }
            await FlushAsync(cancellationToken);
        }
        finally
        {
            _writing.Release();
        }
    }

    // One fragment is held back, because the last one has to say that it is
    private async Task SendFragmentsAsync(byte contextId, Stream data, CancellationToken cancellationToken)
    {
        var size = Math.Min(_limit, SendBuffer.FullLength) - PduWriter.ValueHeaderLength;
        var (current, next) = (ArrayPool<byte>.Shared.Rent(size), ArrayPool<byte>.Shared.Rent(size));
        try
        {
            var length =
                await data.ReadAtLeastAsync(current.AsMemory(0, size), size, throwOnEndOfStream: false, cancellationToken);
            while (true)
            {
                var nextLength = length < size
                    ? 0
                    : await data.ReadAtLeastAsync(next.AsMemory(0, size), size, throwOnEndOfStream: false, cancellationToken);
                MessageWriter.WriteFragment(
                    _send, contextId, current.AsSpan(0, length), isCommand: false, isLast: nextLength == 0);
                if (_send.Length >= SendBuffer.FullLength) await FlushAsync(cancellationToken);
                if (nextLength == 0) return;
                (current, next, length) = (next, current, nextLength);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(current);
            ArrayPool<byte>.Shared.Return(next);
        }
    }

    /// <summary>The next response to a message; the caller gives it back with <see cref="IncomingMessage.Return"/>.</summary>
    public async Task<IncomingMessage> NextResponseAsync(ushort messageId, CancellationToken cancellationToken)
    {
        IncomingMessage? message;
        while (!_responses.Reader.TryRead(out message))
        {
            try
            {
                var more = _responses.Reader.WaitToReadAsync(cancellationToken).AsTask();
                if (!await more.WaitAsync(_options.ResponseTimeout, _time, cancellationToken))
                    throw Ended(NetworkPhase.AwaitReply);
            }
            catch (TimeoutException)
            {
                await AbortAsync();
                throw Failure(NetworkPhase.AwaitReply, "The request", ClientConnection.TimedOut(_options.ResponseTimeout));
            }
        }
        if (message.Command.MessageIdRespondedTo == messageId) return message;
        message.Return();
        await AbortAsync();
        throw Failure(NetworkPhase.AwaitReply, "The request", "a response to another message came");
    }

    /// <summary>As long as one response may take.</summary>
    public CancellationTokenSource ResponseDeadline() => new(_options.ResponseTimeout, _time);

    /// <summary>Writes PDUs and sends them.</summary>
    private async Task WriteAsync(Action<SendBuffer> write, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            write(_send);
            await FlushAsync(cancellationToken);
        }
        finally
        {
            _writing.Release();
        }
    }

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (_send.Length == 0) return;
        using var timer = new CancellationTokenSource(_options.ResponseTimeout, _time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            await _transport.SendAsync(_send.Written, linked.Token);
            _send.Clear();
        }
        catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException or OperationCanceledException)
        {
            // Part of a PDU may have gone out, so nothing can follow it
            var phase = _state == AssociationState.AwaitingAssociateResponse ? NetworkPhase.Associate : NetworkPhase.Send;
            var failure = timer.IsCancellationRequested
                ? Failure(phase, "Sending", "the peer does not read")
                : Failure(phase, "Sending", e.Message, e);
            Close(failure);
            cancellationToken.ThrowIfCancellationRequested();
            throw failure;
        }
    }

    /// <summary>Releases and closes.</summary>
    public async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        lock (_stateLock)
        {
            if (_state != AssociationState.Established) throw Ended(NetworkPhase.Release);
            Happened(AssociationEvent.ReleaseRequested);
        }
        await WriteAsync(output => PduWriter.Write(output, new Pdu.ReleaseRequest()), cancellationToken);
        try
        {
            await _released.Task.WaitAsync(_options.AssociateTimeout, _time, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw Failure(NetworkPhase.Release, "Release", ClientConnection.TimedOut(_options.AssociateTimeout));
        }
    }

    /// <summary>Aborts and closes.</summary>
    public async Task AbortAsync()
    {
        if (Volatile.Read(ref _isClosed) == 0 && _writing.Wait(0, CancellationToken.None))
        {
            try
            {
                _send.Clear();
                PduWriter.Write(_send, new Pdu.Abort(AbortSource.ServiceUser, AbortReason.NotSpecified));
                using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(1), _time);
                await _transport.SendAsync(_send.Written, limit.Token);
            }
            catch (Exception e)
                when (e is SocketException or IOException or ObjectDisposedException or OperationCanceledException)
            {
                // The peer learns it from the closed connection
            }
            finally
            {
                _writing.Release();
            }
        }
        Close(Failure(NetworkPhase.Send, "The association", "it was aborted on this side"));
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0) return;
        if (Volatile.Read(ref _isClosed) == 0) await AbortAsync();
        Close(Failure(NetworkPhase.Send, "The association", "it has been closed"));
        await _loop;
        _assembler.Release();
        while (_responses.Reader.TryRead(out var message)) message.Return();
        _receive.Release();
        await _writing.WaitAsync();
        _send.Clear();
        _writing.Dispose();
        _ended.Dispose();
    }

    private DicomNetworkException? _failure;

    // The first reason is the one that is told
    private void Close(DicomNetworkException reason)
    {
        if (Interlocked.Exchange(ref _isClosed, 1) != 0) return;
        _failure = reason;
        lock (_stateLock) _state = AssociationState.Idle;
        _ended.Cancel();
        _transport.Dispose();
        _accepted.TrySetException(reason);
        _released.TrySetException(reason);
        _ = _accepted.Task.Exception;  // observed: nobody may be waiting for them
        _ = _released.Task.Exception;
        _responses.Writer.TryComplete();
    }

    private DicomNetworkException Ended(NetworkPhase phase) =>
        Failure(phase, "The association", _failure?.Message ?? "it is over", _failure);

    private DicomNetworkException Failure(NetworkPhase phase, string what, string why, Exception? inner = null) =>
        ClientConnection.Failure(_options, phase, what, why, inner);
}
