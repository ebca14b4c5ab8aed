using System.Net.WebSockets;
using Gantry.Contracts;
using Microsoft.Extensions.Logging;

namespace Gantry.Relay;

/// <summary>One connection of one sender: rendezvous, message, reply (and again, where the sender asks for that), goodbye.</summary>
internal sealed class Visit(
    RelayListenerOptions options, RelayConnector connector, RelayMessageHandler handler, OwnEcho echo, ListenerCounters counters,
    ILogger logger, TimeProvider time, CancellationToken stopListening)
{
    private static readonly IReadOnlyDictionary<string, string> NoHeaders = new Dictionary<string, string>();

    /// <summary>How long a sender may take to close after it had its reply.</summary>
    private static readonly TimeSpan GoodbyePatience = TimeSpan.FromSeconds(5);

    /// <summary>Serves an accept message. Failures are logged and counted, never thrown.</summary>
    public async Task ServeAsync(AcceptMessage accept, RelayRejection? rejection, Turn turn, CancellationToken cancellationToken)
    {
        var id = accept.Id ?? "";
        if (RendezvousAddress.TryParse(accept.Address, options.Endpoint) is not { } address)
        {
            Interlocked.Increment(ref counters.Failed);
            logger.RendezvousAddressRefused(id);
            return;
        }
        try
        {
            var visitor = new RelayVisitor(id, RendezvousAddress.Suffix(address, options.Endpoint), accept.ConnectHeaders ?? NoHeaders);
            rejection ??= Decide(visitor);
            if (rejection is null)
                await ConverseAsync(address, visitor, turn, cancellationToken);
            else
                await RejectAsync(address, id, rejection, cancellationToken);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            Interlocked.Increment(ref counters.Failed);
            logger.VisitCutShort(id);
        }
        catch (RelayException exception)
        {
            Interlocked.Increment(ref counters.Failed);
            logger.VisitFailed(id, exception.Phase, exception.Reason);
        }
    }

    private RelayRejection? Decide(RelayVisitor visitor)
    {
        try
        {
            return options.Decide(visitor);
        }
        catch (Exception exception)
        {
            // Not ours to know what it may throw; the sender is not let in by a fault
            logger.HandlerFailed(visitor.ConnectionId, exception.GetType().Name, exception.StackTrace);
            return new(500, "The listener failed to decide.");
        }
    }

    /// <summary>Rejecting is a WebSocket that is meant to fail: with 410 when the sender has been told.</summary>
    private async Task RejectAsync(Uri address, string id, RelayRejection rejection, CancellationToken cancellationToken)
    {
        try
        {
            using var socket = await connector.ConnectAsync(
                RendezvousAddress.Rejecting(address, rejection), RelayPhase.Rendezvous, options.RendezvousTimeout, null, cancellationToken);
        }
        catch (RelayException exception) when (exception.StatusCode == 410)
        {
            Interlocked.Increment(ref counters.Rejected);
            logger.VisitRejected(id, rejection.StatusCode, WebSocketClosing.Fit(rejection.Reason));
            return;
        }
        throw new RelayException(RelayPhase.Rendezvous, "the relay took a rejection for an acceptance.");
    }

    private async Task ConverseAsync(Uri address, RelayVisitor visitor, Turn turn, CancellationToken cancellationToken)
    {
        // A sub-protocol that the sender asks for must be named again by the side that accepts
        var subProtocol = SubProtocols.Answer(visitor.ConnectHeaders.GetValueOrDefault("Sec-WebSocket-Protocol"));
        using var socket = await connector.ConnectAsync(address, RelayPhase.Rendezvous, options.RendezvousTimeout, subProtocol, cancellationToken);

        var message = await ReceiveAsync(socket, cancellationToken);
        if (message.IsClose)
            throw new RelayException(RelayPhase.AwaitMessage, "the sender left without a message.");
        while (true)
        {
            if (message.IsTooLong)
            {
                Interlocked.Increment(ref counters.Failed);
                logger.MessageTooLong(visitor.ConnectionId, options.MaximumMessageLength);
                var refusal = ActionReply.Error(null, $"The message is longer than {options.MaximumMessageLength} bytes.");
                await ReplyAsync(socket, WebSocketMessageType.Text, refusal.ToJson(), cancellationToken);
                await WebSocketClosing.SayAndAwaitAsync(socket, WebSocketCloseStatus.MessageTooBig, "", GoodbyePatience, time);
                return;
            }
            var reply = echo.TryAnswer(message.Body) ?? await HandleAsync(visitor, message.Body, cancellationToken);
            await ReplyAsync(socket, message.Type, reply, cancellationToken);
            Interlocked.Increment(ref counters.Answered);
            if (subProtocol != SubProtocols.ManyMessages || await NextAsync(socket, turn, cancellationToken) is not { } next)
            {
                await WebSocketClosing.SayAndAwaitAsync(socket, WebSocketCloseStatus.NormalClosure, "", GoodbyePatience, time);
                return;
            }
            message = next;
        }
    }

    /// <summary>The next message of a sender that keeps its connection; null when it leaves, stays silent, or we stop: it waits for no reply.</summary>
    private async Task<WebSocketMessage?> NextAsync(WebSocket socket, Turn turn, CancellationToken cancellationToken)
    {
        WebSocketMessage message;
        using var deadline = new CancellationTokenSource(options.IdleTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stopListening, cancellationToken);
        try
        {
            if (Interlocked.Increment(ref counters.Idle) > options.MaximumIdle)
                return null;
            turn.GiveBack();
            message = await WebSocketMessage.ReceiveAsync(socket, options.MaximumMessageLength, either.Token);
        }
        catch (Exception exception) when (WebSocketClosing.IsGone(exception))
        {
            cancellationToken.ThrowIfCancellationRequested();
            return null;
        }
        finally
        {
            Interlocked.Decrement(ref counters.Idle);
        }
        if (message.IsClose)
            return null;
        await turn.TakeAsync(cancellationToken);
        return message;
    }

    private async Task<WebSocketMessage> ReceiveAsync(WebSocket socket, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(options.MessageTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await WebSocketMessage.ReceiveAsync(socket, options.MaximumMessageLength, either.Token);
        }
        catch (Exception exception) when (WebSocketClosing.IsGone(exception))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw deadline.IsCancellationRequested
                ? new RelayException(RelayPhase.AwaitMessage, "the sender said nothing in time.", exception) { IsTimeout = true }
                : new RelayException(RelayPhase.AwaitMessage, "the connection broke off.", exception);
        }
    }

    private async Task<ReadOnlyMemory<byte>> HandleAsync(RelayVisitor visitor, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(options.HandlerTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await handler(new(visitor.ConnectionId, body, visitor.Suffix, visitor.ConnectHeaders), either.Token);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever the handler stumbled over, the sender gets an answer, and the log the place but not the text
            logger.HandlerFailed(visitor.ConnectionId, exception.GetType().Name, exception.StackTrace);
            return ActionReply.Error(null, "The message could not be handled; it may be sent again.").ToJson();
        }
    }

    private async Task ReplyAsync(WebSocket socket, WebSocketMessageType type, ReadOnlyMemory<byte> reply, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(options.MessageTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            await socket.SendAsync(reply, type, WebSocketMessageFlags.EndOfMessage, either.Token);
        }
        catch (Exception exception) when (WebSocketClosing.IsGone(exception))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new RelayException(RelayPhase.AwaitMessage, "the sender left before its reply.", exception);
        }
    }
}
