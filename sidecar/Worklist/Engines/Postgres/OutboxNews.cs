using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Gantry.Worklist.Engines.Postgres;

/// <summary>
/// PostgreSQL's LISTEN and NOTIFY between sidecars that share a store: who has written into the outbox tells the others, who look at
/// once. It only saves time: what is not told or not heard is found by looking every so often.
/// </summary>
/// <remarks>
/// NOTIFY within the transaction that writes would let only one such transaction commit at a time. So it is told after the commit,
/// many at once, and nobody waits for it.
/// </remarks>
internal sealed class OutboxNews : IAsyncDisposable
{
    private const string ChannelName = "gantry_outbox";

    /// <summary>How long a silent connection is believed.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>For the last telling, at the end.</summary>
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(2);

    private readonly NpgsqlDataSource _database;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly string _own = Guid.NewGuid().ToString("N");
    private readonly Channel<bool> _toTell = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _telling;
    private Task _listening = Task.CompletedTask;

    /// <param name="database">Connections of the store.</param>
    /// <param name="logger">Where it is said when this does not work.</param>
    /// <param name="time">The clock.</param>
    public OutboxNews(NpgsqlDataSource database, ILogger logger, TimeProvider time)
    {
        (_database, _logger, _time) = (database, logger, time);
        _telling = TellAsync(_stop.Token);
    }

    /// <summary>Tells the others soon; never blocks, never throws.</summary>
    public void Tell() => _toTell.Writer.TryWrite(true);

    /// <summary>Begins to hear the others.</summary>
    /// <param name="heard">Called whenever another may have written something; quick, does not throw.</param>
    public void Listen(Action heard) => _listening = ListenAsync(heard, _stop.Token);

    public async ValueTask DisposeAsync()
    {
        if (!_toTell.Writer.TryComplete()) return;
        _stop.CancelAfter(LastWords);
        await _telling.ConfigureAwait(false);
        await _stop.CancelAsync().ConfigureAwait(false);
        await _listening.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task TellAsync(CancellationToken cancellationToken)
    {
        bool isWorking = true;
        try
        {
            while (await _toTell.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
            {
                _toTell.Reader.TryRead(out _);
                try
                {
                    await NotifyAsync(cancellationToken).ConfigureAwait(false);
                    isWorking = true;
                }
                catch (Exception error) when (IsAway(error))
                {
                    if (isWorking) Log.OutboxNewsLost(_logger, error.Message);
                    isWorking = false;
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Told to stop
        }
    }

    private async Task NotifyAsync(CancellationToken cancellationToken)
    {
        NpgsqlConnection connection = await _database.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
            await using (transaction.ConfigureAwait(false))
            {
                // A notification has an entry in the server's log of its own, which nobody needs to wait for
                var tell = new NpgsqlCommand(
                    "SELECT set_config('synchronous_commit', 'off', true), pg_notify($1, $2)", connection);
                await using (tell.ConfigureAwait(false))
                {
                    tell.Parameters.Add(new() { Value = ChannelName });
                    tell.Parameters.Add(new() { Value = _own });
                    await tell.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
                }

                await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task ListenAsync(Action heard, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await HearAsync(heard, cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error) when (IsAway(error))
            {
                Log.OutboxNewsLost(_logger, error.Message);
                await Task.Delay(Pause, _time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task HearAsync(Action heard, CancellationToken cancellationToken)
    {
        NpgsqlConnection connection = await _database.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            connection.Notification += (_, news) =>
            {
                if (news.Payload != _own) heard();
            };
            await RunAsync(new NpgsqlCommand($"LISTEN {ChannelName}", connection), cancellationToken).ConfigureAwait(false);
            while (true)
            {
                // What was told while nobody listened
                heard();
                while (await connection.WaitAsync(Silence, cancellationToken).ConfigureAwait(false))
                {
                    // The handler above has passed it on
                }

                await RunAsync(new NpgsqlCommand("SELECT 1", connection), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static async Task RunAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using (command.ConfigureAwait(false))
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private static bool IsAway(Exception error) => error is NpgsqlException or IOException or TimeoutException or InvalidOperationException;
}
