using System.Net.WebSockets;
using Microsoft.Extensions.Logging;

namespace Gantry.Relay;

/// <summary>
/// One registration as a listener, from the opened WebSocket to its end: takes accept messages, renews the token, and
/// proves by traffic that the link is alive.
/// </summary>
internal sealed class ControlChannel(
    WebSocket socket, RelayToken token, RelayListenerOptions options, RelaySender echoSender, OwnEcho echo,
    ListenerCounters counters, Action<AcceptMessage> accepted, Func<TimeSpan> goodbyePatience, ILogger logger, TimeProvider time)
{
    /// <summary>Longest control message, in bytes: an accept carries all headers of the sender.</summary>
    private const int LongestMessage = 256 << 10;

    /// <summary>
    /// With several listeners on one hybrid connection the relay may hand our echo to another; then we ask again, this often.
    /// </summary>
    private const int EchoAttempts = 4;

    /// <summary>Pause before asking for a token again that could not be had.</summary>
    private static readonly TimeSpan TokenPause = TimeSpan.FromSeconds(15);

    /// <summary>How long the relay may take to answer our goodbye at most; in real time, since nothing else hangs on it.</summary>
    private static readonly TimeSpan LongestGoodbye = TimeSpan.FromSeconds(2);

    private long _heard;
    private long _lastHeard = time.GetUtcNow().UtcTicks;

    /// <summary>When something last came over it; at first when it was opened.</summary>
    public DateTimeOffset LastHeard => new(Interlocked.Read(ref _lastHeard), TimeSpan.Zero);

    /// <summary>Runs until the channel ends, which is always an exception, and closes it.</summary>
    /// <exception cref="RelayException">Why it ended.</exception>
    /// <exception cref="OperationCanceledException">It was to end.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // A receive that is cancelled tears the WebSocket down, so it is told apart from the rest, and later
        using var tearDown = new CancellationTokenSource();
        var receiving = ReceiveAsync(tearDown.Token);
        Task[] others = [RenewAsync(end.Token), EchoAsync(end.Token)];
        var first = await Task.WhenAny([receiving, .. others]);

        await end.CancelAsync();
        await Task.WhenAll(others).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        using (var patience = new CancellationTokenSource(LongestGoodbye))
            await WebSocketClosing.SayAsync(socket, WebSocketCloseStatus.NormalClosure, "", patience.Token);
        tearDown.CancelAfter(goodbyePatience() < LongestGoodbye ? goodbyePatience() : LongestGoodbye);
        await receiving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        await first;
    }

    private async Task ReceiveAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            WebSocketMessage message;
            try
            {
                message = await WebSocketMessage.ReceiveAsync(socket, LongestMessage, cancellationToken);
            }
            catch (Exception exception) when (WebSocketClosing.IsGone(exception))
            {
                cancellationToken.ThrowIfCancellationRequested();
                throw new RelayException(RelayPhase.Register, "the control channel broke off.", exception);
            }
            if (message.IsClose)
            {
                throw new RelayException(
                    socket.CloseStatus == WebSocketCloseStatus.PolicyViolation ? RelayPhase.Authorize : RelayPhase.Register,
                    $"the relay closed the control channel: {(int?)socket.CloseStatus} {WebSocketClosing.Fit(socket.CloseStatusDescription ?? "")}");
            }
            if (message.IsTooLong)
                throw new RelayException(RelayPhase.Register, "a control message was too long.");

            Interlocked.Increment(ref _heard);
            Interlocked.Exchange(ref _lastHeard, time.GetUtcNow().UtcTicks);
            if (message.Type != WebSocketMessageType.Text || ControlMessage.TryParse(message.Body.Span) is not { } control)
                logger.ControlMessageIgnored();
            else if (control.Accept is { } accept)
                accepted(accept);
        }
    }

    private async Task RenewAsync(CancellationToken cancellationToken)
    {
        var current = token;
        while (true)
        {
            var left = current.ExpiresAt - time.GetUtcNow();
            var margin = options.RenewBefore < left / 2 ? options.RenewBefore : left / 2;
            await PauseAsync(left - margin, cancellationToken);
            try
            {
                current = await options.Endpoint.Tokens.GetTokenAsync(options.Endpoint.Audience, cancellationToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // The old one may still be good for a while; when it ends, the relay ends the channel
                logger.TokenNotRenewed(options.Endpoint.Path, exception.GetType().Name);
                await PauseAsync(TokenPause, cancellationToken);
                continue;
            }
            await SendAsync(new ControlMessage { RenewToken = new() { Token = current.Value } }, cancellationToken);
            Interlocked.Increment(ref counters.Renewals);
            logger.TokenRenewed(options.Endpoint.Path, current.ExpiresAt);
        }
    }

    private async Task EchoAsync(CancellationToken cancellationToken)
    {
        if (options.EchoAfterSilence == Timeout.InfiniteTimeSpan)
            await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);
        while (true)
        {
            var silence = time.GetUtcNow() - LastHeard;
            if (silence < options.EchoAfterSilence)
                await PauseAsync(options.EchoAfterSilence - silence, cancellationToken);
            else
                await ProveAsync(cancellationToken);
        }
    }

    /// <summary>
    /// Sends an echo through the relay to ourselves. The link is alive when the relay announces it on this channel; a reply
    /// alone may be another listener's.
    /// </summary>
    private async Task ProveAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var before = Interlocked.Read(ref _heard);
            var (id, message) = echo.Begin();
            RelayException? failure = null;
            try
            {
                await echoSender.SendAsync(message, cancellationToken);
            }
            catch (RelayException exception)
            {
                failure = exception;
            }
            finally
            {
                echo.Forget(id);
            }
            if (Interlocked.Read(ref _heard) > before)
                return;
            if (failure is null && attempt < EchoAttempts)
                continue;
            Interlocked.Increment(ref counters.Zombies);
            var why = failure?.Message ?? "only other listeners answered.";
            logger.ZombieFound(options.Endpoint.Path, why);
            throw new RelayException(RelayPhase.Register, $"the control channel is open but dead; an echo did not come back: {why}", failure);
        }
    }

    /// <summary>Only the renewal sends, so there is no need to take turns.</summary>
    private async Task SendAsync(ControlMessage message, CancellationToken cancellationToken)
    {
        try
        {
            await socket.SendAsync(message.ToJson(), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
        }
        catch (Exception exception) when (WebSocketClosing.IsGone(exception))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new RelayException(RelayPhase.Register, "the control channel broke off.", exception);
        }
    }

    private Task PauseAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        // A timer holds 49 days at most, and a token that is over already must not make a loop that never rests
        var bounded = TimeSpan.FromSeconds(Math.Clamp(pause.TotalSeconds, 0.1, TimeSpan.FromDays(40).TotalSeconds));
        return Task.Delay(bounded, time, cancellationToken);
    }
}
