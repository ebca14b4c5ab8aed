namespace Gantry.Relay;

/// <summary>
/// Sends many messages to whoever listens on a hybrid connection, on connections that stay open between them for a moment. Each message
/// has its reply before the next goes out on the same connection; any number of connections may be under way at once.
/// </summary>
/// <remarks>
/// A connection through the relay costs both ends two WebSockets, ten times what a small message costs. It is kept only where the
/// listener agrees (sub-protocol gantry.messages); with others it is one message per connection, as a <see cref="RelaySender"/> has it.
/// </remarks>
public sealed class RelayMessenger : IAsyncDisposable
{
    /// <summary>Half of what the embedded relay lets through on one connection.</summary>
    private const int MostMessages = 500;

    /// <summary>How long a connection is kept without a message; listeners wait longer.</summary>
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(2);

    /// <summary>Then the relay chooses again among the listeners, and looks at our token again.</summary>
    private static readonly TimeSpan LongestLife = TimeSpan.FromMinutes(1);

    private readonly RelaySenderOptions _options;
    private readonly TimeProvider _time;
    private readonly RelayConnector _connector;
    private readonly Lock _gate = new();
    private readonly List<SenderConnection> _idle = [];
    private readonly CancellationTokenSource _disposed = new();
    private readonly Task _tidying;

    /// <summary>A messenger; it connects when there is something to send.</summary>
    /// <param name="options">Where and how.</param>
    /// <param name="time">Null is the machine's clock.</param>
    public RelayMessenger(RelaySenderOptions options, TimeProvider? time = null)
    {
        _options = options;
        _time = time ?? TimeProvider.System;
        _connector = new(options.Endpoint, _time);
        _tidying = TidyAsync(_disposed.Token);
    }

    /// <summary>
    /// Sends a message and gives the reply. On a kept connection that has ended meanwhile the message is sent once more on another, so the
    /// listener may get it twice, as after any lost reply.
    /// </summary>
    /// <param name="message">UTF-8 text.</param>
    /// <param name="cancellationToken">Ends the attempt; the message may have been delivered all the same.</param>
    /// <exception cref="RelayException">It failed; <see cref="RelayException.Phase"/> says how far it had come.</exception>
    /// <exception cref="ArgumentException">The message is longer than allowed.</exception>
    public async Task<ReadOnlyMemory<byte>> SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken = default)
    {
        _options.CheckLength(message);
        while (true)
        {
            var connection = Take() ?? await SenderConnection.OpenAsync(_options, _connector, SubProtocols.ManyMessages, _time, cancellationToken);
            try
            {
                var reply = await connection.AskAsync(message, cancellationToken);
                if (!Keep(connection))
                    await connection.CloseAsync();
                return reply;
            }
            catch (RelayException exception) when (connection.Replies > 0 && exception is { Phase: RelayPhase.AwaitReply, IsTimeout: false })
            {
                // It ended between two messages: the listener left, or the relay
                connection.Dispose();
            }
            catch
            {
                connection.Dispose();
                throw;
            }
        }
    }

    /// <summary>Closes what is kept. Messages under way come to their end.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposed.IsCancellationRequested)
            return;
        await _disposed.CancelAsync();
        await _tidying;
        await Task.WhenAll(TakeWhere(_ => true).Select(connection => connection.LeaveAsync()));
        _disposed.Dispose();
    }

    /// <summary>The one used last, so that those which are not needed grow old.</summary>
    private SenderConnection? Take()
    {
        lock (_gate)
        {
            if (_idle.Count == 0 || IsOld(_idle[^1]))
                return null;
            var last = _idle[^1];
            _idle.RemoveAt(_idle.Count - 1);
            return last;
        }
    }

    private bool Keep(SenderConnection connection)
    {
        lock (_gate)
        {
            if (!connection.TakesMany || IsOld(connection) || _disposed.IsCancellationRequested)
                return false;
            _idle.Add(connection);
            return true;
        }
    }

    private static bool IsOld(SenderConnection connection) =>
        connection.Replies >= MostMessages || connection.Silence >= LongestSilence || connection.Age >= LongestLife;

    private List<SenderConnection> TakeWhere(Predicate<SenderConnection> which)
    {
        lock (_gate)
        {
            var taken = _idle.FindAll(which);
            _idle.RemoveAll(taken.Contains);
            return taken;
        }
    }

    private async Task TidyAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(LongestSilence / 2, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
                await Task.WhenAll(TakeWhere(IsOld).Select(connection => connection.LeaveAsync()));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Told to stop
        }
    }
}
