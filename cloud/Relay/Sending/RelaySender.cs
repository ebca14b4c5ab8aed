using System.Net.WebSockets;

namespace Gantry.Relay;

/// <summary>
/// Sends messages to whoever listens on a hybrid connection: one message and one reply per connection, by contract. Any
/// number may be under way at once.
/// </summary>
/// <param name="options">Where and how.</param>
/// <param name="time">Null is the machine's clock.</param>
public sealed class RelaySender(RelaySenderOptions options, TimeProvider? time = null)
{
    /// <summary>How long the listener may take to close after its reply. The reply counts in any case.</summary>
    private static readonly TimeSpan GoodbyePatience = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly RelayConnector _connector = new(options.Endpoint, time ?? TimeProvider.System);

    /// <summary>Sends a message and gives the reply.</summary>
    /// <param name="message">UTF-8 text.</param>
    /// <param name="cancellationToken">Ends the attempt; the message may have been delivered all the same.</param>
    /// <exception cref="RelayException">It failed; <see cref="RelayException.Phase"/> says how far it had come.</exception>
    /// <exception cref="ArgumentException">The message is longer than allowed.</exception>
    public async Task<ReadOnlyMemory<byte>> SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken = default)
    {
        if (message.Length > options.MaximumMessageLength)
            throw new ArgumentException($"A message of {message.Length} bytes is longer than the {options.MaximumMessageLength} allowed.", nameof(message));

        var token = await TokenRequest.GetAsync(options.Endpoint, cancellationToken);
        using var socket = await _connector.ConnectAsync(
            options.Endpoint.AddressFor("connect", token.Value, Guid.NewGuid().ToString()),
            RelayPhase.Rendezvous, options.RendezvousTimeout, null, cancellationToken);
        var reply = await ConverseAsync(socket, message, cancellationToken);
        await WebSocketClosing.SayAndAwaitAsync(socket, WebSocketCloseStatus.NormalClosure, "", GoodbyePatience, _time);
        return reply;
    }

    private async Task<ReadOnlyMemory<byte>> ConverseAsync(WebSocket socket, ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(options.ReplyTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        WebSocketMessage reply;
        try
        {
            await socket.SendAsync(message, WebSocketMessageType.Text, WebSocketMessageFlags.EndOfMessage, either.Token);
            reply = await WebSocketMessage.ReceiveAsync(socket, options.MaximumReplyLength, either.Token);
        }
        catch (Exception exception) when (WebSocketClosing.IsGone(exception))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw deadline.IsCancellationRequested
                ? new RelayException(RelayPhase.AwaitReply, "no reply in time.", exception) { IsTimeout = true }
                : new RelayException(RelayPhase.AwaitReply, "the connection broke off.", exception);
        }
        if (reply.IsClose)
        {
            throw new RelayException(RelayPhase.AwaitReply,
                $"closed without a reply: {(int?)socket.CloseStatus} {WebSocketClosing.Fit(socket.CloseStatusDescription ?? "")}");
        }
        return reply.IsTooLong
            ? throw new RelayException(RelayPhase.AwaitReply, $"the reply is longer than {options.MaximumReplyLength} bytes.")
            : reply.Body;
    }
}
