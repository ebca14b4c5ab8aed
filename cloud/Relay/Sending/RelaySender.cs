namespace Gantry.Relay;

/// <summary>
/// Sends messages to whoever listens on a hybrid connection: one message and one reply per connection, by contract. Any
/// number may be under way at once.
/// </summary>
/// <param name="options">Where and how.</param>
/// <param name="time">Null is the machine's clock.</param>
public sealed class RelaySender(RelaySenderOptions options, TimeProvider? time = null)
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly RelayConnector _connector = new(options.Endpoint, time ?? TimeProvider.System);

    /// <summary>Sends a message and gives the reply.</summary>
    /// <param name="message">UTF-8 text.</param>
    /// <param name="cancellationToken">Ends the attempt; the message may have been delivered all the same.</param>
    /// <exception cref="RelayException">It failed; <see cref="RelayException.Phase"/> says how far it had come.</exception>
    /// <exception cref="ArgumentException">The message is longer than allowed.</exception>
    public async Task<ReadOnlyMemory<byte>> SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken = default)
    {
        options.CheckLength(message);
        using var connection = await SenderConnection.OpenAsync(options, _connector, null, _time, cancellationToken);
        var reply = await connection.AskAsync(message, cancellationToken);
        await connection.CloseAsync();
        return reply;
    }
}
