using Npgsql;

namespace Gantry.Cloud.Live;

/// <summary>Reads what happened, once for all streams of this instance, as soon as somebody says that something did.</summary>
internal sealed class LiveReader(LiveOrder order, LiveHub hub, Signals signals, TimeProvider time, ILogger<LiveReader> logger) : BackgroundService
{
    private const int Page = 1000;
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Kept = TimeSpan.FromHours(24);
    private static readonly TimeSpan PruneEvery = TimeSpan.FromHours(1);

    /// <summary>
    /// After each reading: what happens meanwhile is numbered in one transaction and written to each stream at once. The first event
    /// after a quiet moment waits for nothing.
    /// </summary>
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(15);

    /// <summary>On top of it for each open stream: a thousand streams are written to 20 times a second and not oftener.</summary>
    private static readonly TimeSpan BreathPerStream = TimeSpan.FromMicroseconds(35);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(ReadAsync(stoppingToken), EveryAsync(Heartbeat, () => { hub.Beat(); return Task.CompletedTask; }, stoppingToken),
            EveryAsync(PruneEvery, () => order.PruneAsync(Kept, stoppingToken), stoppingToken));

    private async Task ReadAsync(CancellationToken stoppingToken)
    {
        long? position = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                position ??= await order.LastAsync(stoppingToken);
                hub.BeginsToRead();
                await signals.Live.HearAsync(stoppingToken);
                await order.NumberAsync(stoppingToken);
                IReadOnlyList<LiveEvent> events;
                do
                {
                    events = await order.AfterAsync(position.Value, null, Page, stoppingToken);
                    foreach (var happened in events)
                    {
                        hub.Publish(happened);
                        position = happened.Position;
                    }
                }
                while (events.Count == Page);
                await Task.Delay(Breath + (BreathPerStream * hub.Open), time, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error) when (IsDatabaseAway(error))
            {
                Log.LiveReadFailed(logger, error.Message);
                signals.Live.Say();
                await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task EveryAsync(TimeSpan period, Func<Task> act, CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await act();
                }
                catch (Exception error) when (IsDatabaseAway(error))
                {
                    Log.LiveReadFailed(logger, error.Message);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Told to stop
        }
    }

    private static bool IsDatabaseAway(Exception error) => error is NpgsqlException or IOException or TimeoutException or InvalidOperationException;
}
