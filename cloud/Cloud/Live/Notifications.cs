using Npgsql;

namespace Gantry.Cloud.Live;

/// <summary>
/// PostgreSQL's LISTEN and NOTIFY between the instances of the cloud: one connection that hears, and one that tells.
/// </summary>
/// <remarks>
/// NOTIFY within the transaction of an event would let only one such transaction commit at a time. So it is told after the
/// commit, many events at once. What an instance that dies in between could not tell is found by the next one that looks:
/// at its start, at each event, and whenever its connection is checked or made anew.
/// </remarks>
internal sealed class Notifications(NpgsqlDataSource database, Signals signals, TimeProvider time, ILogger<Notifications> logger) : BackgroundService
{
    private static readonly (Said Said, string Name)[] Channels =
        [(Said.Live, "gantry_live"), (Said.Actions, "gantry_actions"), (Said.Gateways, "gantry_gateways")];

    /// <summary>How long a silent connection is believed.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Process of the server that tells for us; what it tells we know already.</summary>
    private volatile int _own;

    /// <summary>Hears of the other instances now.</summary>
    public bool IsListening { get; private set; }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(ForEverAsync(ListenAsync, stoppingToken), ForEverAsync(TellAsync, stoppingToken));

    private async Task ForEverAsync(Func<CancellationToken, Task> attempt, CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await attempt(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error) when (error is NpgsqlException or IOException or InvalidOperationException or TimeoutException)
            {
                Log.NotificationsLost(logger, error.Message);
                await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ListenAsync(CancellationToken stoppingToken)
    {
        await using var connection = await database.OpenConnectionAsync(stoppingToken);
        connection.Notification += (_, heard) =>
        {
            if (heard.PID != _own)
                signals.Say(Channels.FirstOrDefault(channel => channel.Name == heard.Channel).Said);
        };
        try
        {
            await using (var listen = new NpgsqlCommand(string.Join(';', Channels.Select(channel => $"LISTEN {channel.Name}")), connection))
                await listen.ExecuteNonQueryAsync(stoppingToken);
            IsListening = true;
            while (true)
            {
                // What was told while nobody listened
                signals.Say(Said.Live | Said.Actions | Said.Gateways);
                while (await connection.WaitAsync(Silence, stoppingToken))
                {
                    // The handler above has passed it on
                }
                await using var check = new NpgsqlCommand("SELECT 1", connection);
                await check.ExecuteNonQueryAsync(stoppingToken);
            }
        }
        finally
        {
            IsListening = false;
        }
    }

    private async Task TellAsync(CancellationToken stoppingToken)
    {
        await using var connection = await database.OpenConnectionAsync(stoppingToken);
        // A notification has an entry in the log of its own, which nobody needs to wait for
        await using (var relaxed = new NpgsqlCommand("SET synchronous_commit = off", connection))
            await relaxed.ExecuteNonQueryAsync(stoppingToken);
        _own = connection.ProcessID;
        while (true)
        {
            await signals.Outward.HearAsync(stoppingToken);
            var said = signals.Take();
            try
            {
                foreach (var (_, name) in Channels.Where(channel => said.HasFlag(channel.Said)))
                    await NotifyAsync(connection, name, stoppingToken);
            }
            catch
            {
                signals.GiveBack(said);
                throw;
            }
        }
    }

    private static async Task NotifyAsync(NpgsqlConnection connection, string channel, CancellationToken stoppingToken)
    {
        await using var notify = new NpgsqlCommand("SELECT pg_notify($1, '')", connection);
        notify.Parameters.Add(new() { Value = channel });
        await notify.ExecuteNonQueryAsync(stoppingToken);
    }
}
