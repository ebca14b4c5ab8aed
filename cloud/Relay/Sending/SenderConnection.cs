using System.Net.WebSockets;

namespace Gantry.Relay;

/// <summary>A sender's open connection to a listener.</summary>
internal sealed class SenderConnection(WebSocket socket, RelaySenderOptions options, TimeProvider time) : IDisposable
{
    /// <summary>How long the listener may take to close after its reply. The reply counts in any case.</summary>
    private static readonly TimeSpan GoodbyePatience = TimeSpan.FromSeconds(1);

    private readonly long _opened = time.GetTimestamp();
    private long _lastReply = time.GetTimestamp();

    /// <summary>The listener takes more messages on it.</summary>
    public bool TakesMany => socket.SubProtocol == SubProtocols.ManyMessages;

    /// <summary>Replies that came.</summary>
    public int Replies { get; private set; }

    public TimeSpan Age => time.GetElapsedTime(_opened);

    /// <summary>Since the last reply.</summary>
    public TimeSpan Silence => time.GetElapsedTime(_lastReply);

    public static async Task<SenderConnection> OpenAsync(
        RelaySenderOptions options, RelayConnector connector, string? subProtocol, TimeProvider time, CancellationToken cancellationToken)
    {
        var token = await TokenRequest.GetAsync(options.Endpoint, cancellationToken);
        var address = options.Endpoint.AddressFor("connect", token.Value, Guid.NewGuid().ToString());
        return new(await connector.ConnectAsync(address, RelayPhase.Rendezvous, options.RendezvousTimeout, subProtocol, cancellationToken), options, time);
    }

    /// <summary>Sends a message and gives the reply.</summary>
    /// <exception cref="RelayException">It failed; the connection is of no more use.</exception>
    public async Task<ReadOnlyMemory<byte>> AskAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(options.ReplyTimeout, time);
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
        if (reply.IsTooLong)
            throw new RelayException(RelayPhase.AwaitReply, $"the reply is longer than {options.MaximumReplyLength} bytes.");
        Replies++;
        _lastReply = time.GetTimestamp();
        return reply.Body;
    }

    /// <summary>Says goodbye; never throws.</summary>
    public async Task CloseAsync()
    {
        await WebSocketClosing.SayAndAwaitAsync(socket, WebSocketCloseStatus.NormalClosure, "", GoodbyePatience, time);
        socket.Dispose();
    }

    /// <summary>Says goodbye between two messages: nothing is under way, so no answer is waited for. Never throws.</summary>
    public async Task LeaveAsync()
    {
        using var patience = new CancellationTokenSource(GoodbyePatience, time);
        await WebSocketClosing.SayAsync(socket, WebSocketCloseStatus.NormalClosure, "", patience.Token);
        socket.Dispose();
    }

    public void Dispose() => socket.Dispose();
}
