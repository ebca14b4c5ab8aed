using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Net.WebSockets;
using Microsoft.Extensions.Logging;

namespace Gantry.Relay.Embedded;

/// <summary>One listener's control channel, seen from the relay.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A SemaphoreSlim whose wait handle nobody asks for holds nothing to give back, and senders may still wait on it")]
internal sealed class ListenerRegistration(
    HybridConnection hybrid, Uri reachedAt, DateTimeOffset tokenEnd, TokenGate gate, ILogger logger, TimeProvider time)
{
    /// <summary>Longest message a listener sends here, in bytes: a renewToken.</summary>
    private const int LongestMessage = 16 << 10;

    /// <summary>Longest time a timer holds, and so the longest a token is trusted without another look.</summary>
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(40);

    /// <summary>A listener that does not take an accept message for so long is given up, in real time.</summary>
    private static readonly TimeSpan SendPatience = TimeSpan.FromSeconds(10);

    /// <summary>How long a listener may take to answer our goodbye, in real time.</summary>
    private static readonly TimeSpan GoodbyePatience = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly ConcurrentDictionary<Rendezvous, byte> _offered = new();
    private readonly TaskCompletionSource<(WebSocketCloseStatus Status, string Reason)> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Senders may come before the handshake is through: they wait for it.</summary>
    private readonly TaskCompletionSource<WebSocket> _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private DateTimeOffset _tokenEnd = tokenEnd;
    private ITimer? _expiry;
    private volatile bool _over;

    /// <summary>Scheme, host and base path by which the listener reached the relay.</summary>
    public Uri ReachedAt => reachedAt;

    /// <summary>Serves the control channel until one side ends it.</summary>
    public async Task RunAsync(WebSocket socket, CancellationToken stopping)
    {
        _opened.SetResult(socket);
        using var stop = stopping.Register(() => End(WebSocketCloseStatus.EndpointUnavailable, "The relay stops."));
        using var tearDown = new CancellationTokenSource();
        await using var expiry = time.CreateTimer(static state => ((ListenerRegistration)state!).EndIfExpired(), this, TimeUntil(_tokenEnd), Timeout.InfiniteTimeSpan);
        _expiry = expiry;

        var receiving = ReceiveAsync(socket, tearDown.Token);
        await Task.WhenAny(receiving, _end.Task);

        Leave();
        tearDown.CancelAfter(GoodbyePatience);
        var (status, reason) = _end.Task.IsCompletedSuccessfully ? await _end.Task : (WebSocketCloseStatus.NormalClosure, "");
        await WebSocketClosing.SayAsync(socket, status, reason, tearDown.Token);
        await receiving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        logger.ListenerLeft(hybrid.Definition.Path, (int)status, reason);
    }

    /// <summary>From here on no sender is sent here, and those on their way are sent to another.</summary>
    public void Leave()
    {
        hybrid.Remove(this);
        _over = true;
        _opened.TrySetCanceled();
        foreach (var (rendezvous, _) in _offered)
            rendezvous.TryLose();
    }

    /// <summary>Ends it from our side.</summary>
    public void End(WebSocketCloseStatus status, string reason) => _end.TrySetResult((status, reason));

    /// <summary>Tells the listener that a sender waits; false when the listener is gone.</summary>
    public async Task<bool> TryOfferAsync(Rendezvous rendezvous, ControlMessage accept, CancellationToken cancellationToken)
    {
        await _sending.WaitAsync(cancellationToken);
        try
        {
            // Not the sender's token: a send that is cancelled would tear down the listener's channel
            using var patience = new CancellationTokenSource(SendPatience);
            _offered[rendezvous] = 0;
            var socket = await _opened.Task.WaitAsync(patience.Token);
            await socket.SendAsync(accept.ToJson(), WebSocketMessageType.Text, endOfMessage: true, patience.Token);
            // Offered too late to be told of the end by RunAsync
            return !_over;
        }
        catch (Exception exception) when (WebSocketClosing.IsGone(exception))
        {
            return false;
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>The rendezvous is over, however it went.</summary>
    public void Forget(Rendezvous rendezvous) => _offered.TryRemove(rendezvous, out _);

    private async Task ReceiveAsync(WebSocket socket, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                var message = await WebSocketMessage.ReceiveAsync(socket, LongestMessage, cancellationToken);
                if (message.IsClose)
                    return;
                if (message.IsTooLong)
                    End(WebSocketCloseStatus.MessageTooBig, "The control message is too long.");
                else if (message.Type != WebSocketMessageType.Text || ControlMessage.TryParse(message.Body.Span) is not { } control)
                    End(WebSocketCloseStatus.InvalidPayloadData, "The control message is not understood.");
                else if (control.RenewToken is { } renewal)
                    await RenewAsync(renewal.Token, cancellationToken);
                if (_end.Task.IsCompleted)
                    return;
            }
        }
        catch (Exception exception) when (WebSocketClosing.IsGone(exception))
        {
            // The listener is gone; there is nobody to tell
        }
    }

    private async Task RenewAsync(string? token, CancellationToken cancellationToken)
    {
        var definition = hybrid.Definition;
        var verdict = await gate.CheckAsync(token, definition.Path, definition.Keys, RelayRights.Listen, cancellationToken);
        if (!verdict.IsGood)
        {
            End(WebSocketCloseStatus.PolicyViolation, verdict.Reason);
            return;
        }
        _tokenEnd = verdict.ExpiresAt;
        _expiry?.Change(TimeUntil(_tokenEnd), Timeout.InfiniteTimeSpan);
        logger.ListenerRenewed(definition.Path, _tokenEnd);
    }

    private void EndIfExpired()
    {
        if (_tokenEnd <= time.GetUtcNow())
            End(WebSocketCloseStatus.PolicyViolation, "The token has expired.");
        else
            _expiry?.Change(TimeUntil(_tokenEnd), Timeout.InfiniteTimeSpan);
    }

    private TimeSpan TimeUntil(DateTimeOffset end)
    {
        var left = end - time.GetUtcNow();
        return left < TimeSpan.Zero ? TimeSpan.Zero : left < LongestTimer ? left : LongestTimer;
    }
}
