using System.Threading.Channels;
using Gantry.Worklist;

namespace Gantry.Sidecar.Forwarding;

/// <summary>
/// Takes what is due for one target from the outbox and has it delivered, as long as the host runs.
/// </summary>
/// <remarks>
/// <code>
///   outbox --take runs--> [bounded queue] --> Parallel workers --> courier
///      ^                                          |
///      +-- settlements, many in one transaction --+   and the bell, so that the next of an exam is taken at once
/// </code>
/// A run is the messages of one exam in order; while it is under way, its exam is not taken again. A stop at any point leaves messages
/// that are taken but not settled: they are released at the next start, or by their lease for another sidecar.
/// </remarks>
internal sealed class OutboxDelivery(
    IWorklistStore store, DeliveryRoute route, string sender, ICourier courier, DeliveryLink link, Settlements settlements, FailedMessages failed,
    DeliveryMetrics metrics, TimeProvider time, ILogger<OutboxDelivery> logger) : BackgroundService
{
    private const int RunLength = 16;

    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    /// <summary>A message begun now has its two time-outs before the lease is over.</summary>
    private static readonly TimeSpan LastStart = TimeSpan.FromMinutes(3);

    private static readonly TimeSpan AfterStoreFailure = TimeSpan.FromSeconds(2);

    private readonly Bell _bell = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        store.OutboxWritten += OnWritten;
        var settling = settlements.RunAsync(_bell.Ring);
        var queue = Channel.CreateBounded<TakenRun>(new BoundedChannelOptions(route.Parallel * 2) { SingleWriter = true });
        Task[] workers = [.. Enumerable.Range(0, route.Parallel).Select(_ => WorkAsync(queue.Reader, stoppingToken))];
        try
        {
            await TakeAsync(queue.Writer, stoppingToken);
        }
        finally
        {
            store.OutboxWritten -= OnWritten;
            queue.Writer.Complete();
            await Task.WhenAll(workers);
            settlements.Complete();
            await settling;
            await ReleaseAsync();
        }
    }

    private void OnWritten(object? sender, EventArgs e) => _bell.Ring();

    private async Task TakeAsync(ChannelWriter<TakenRun> queue, CancellationToken cancellationToken)
    {
        await ReleaseAsync();
        var behind = "";
        var isStoreAway = false;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                var isProbe = link.Outage is { } outage && await PauseAsync(outage, cancellationToken);
                var demand = new OutboxDemand
                {
                    Target = route.Target,
                    Sender = sender,
                    OrderKeys = isProbe ? 1 : route.Parallel * 2,
                    Messages = isProbe ? 1 : RunLength,
                    Lease = Lease,
                    Behind = behind,
                };
                var runs = await store.TakeOutboxRunsAsync(demand, cancellationToken);
                isStoreAway = false;
                if (runs.Count == 0 && behind.Length == 0)
                    await _bell.WaitAsync(failed.UntilNext(route.PollInterval), time, cancellationToken);
                behind = runs.Count < demand.OrderKeys ? "" : runs[^1].OrderKey;
                foreach (var run in runs.Select(run => new TakenRun(run, time.GetTimestamp())))
                {
                    if (isProbe)
                        await DeliverAsync(run, isProbe, cancellationToken);
                    else
                        await queue.WriteAsync(run, cancellationToken);
                }
            }
            catch (WorklistStoreException error)
            {
                if (!isStoreAway)
                    Log.OutboxAway(logger, error.Message);
                isStoreAway = true;
                await Task.Delay(AfterStoreFailure, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                // A background service that throws takes the host along, and with it the worklist
                Log.ForwardingBroke(logger, error);
                await Task.Delay(AfterStoreFailure, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Waits until the other side may be tried again.</summary>
    private async Task<bool> PauseAsync(LinkOutage outage, CancellationToken cancellationToken)
    {
        var pause = outage.NextAttempt - time.GetUtcNow();
        if (pause > TimeSpan.Zero)
            await Task.Delay(pause, time, cancellationToken);
        return true;
    }

    private async Task WorkAsync(ChannelReader<TakenRun> queue, CancellationToken cancellationToken)
    {
        await foreach (var run in queue.ReadAllAsync(CancellationToken.None))
        {
            try
            {
                await DeliverAsync(run, isProbe: false, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                // What is left of the run is released at the end
            }
            catch (Exception error)
            {
                // Its lease brings the run back; this worker goes on
                Log.ForwardingBroke(logger, error);
            }
        }
    }

    private async Task DeliverAsync(TakenRun taken, bool isProbe, CancellationToken cancellationToken)
    {
        var messages = taken.Run.Messages;
        for (var i = 0; i < messages.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var mayStart = (isProbe || link.Outage is null) && time.GetElapsedTime(taken.Since) < LastStart;
            var settlement = mayStart ? Settle(messages[i], await courier.TryAsync(taken.Run, i, cancellationToken)) : null;
            if (settlement is not null)
                settlements.Add(settlement);
            if (settlement is OutboxSettlement.Delivered or OutboxSettlement.Parked)
                continue;
            // What stands behind it waits for it
            foreach (var rest in messages.Skip(settlement is null ? i : i + 1))
                settlements.Add(new OutboxSettlement.Released { Id = rest.Id });
            return;
        }
    }

    private OutboxSettlement Settle(OutboxEntry entry, Verdict verdict)
    {
        metrics.Count(entry.Kind, verdict);
        if (verdict is Verdict.Gone gone)
            Log.NotDelivered(logger, entry.EventKey, route.Peer, gone.Why);
        switch (verdict)
        {
            case Verdict.Delivered or Verdict.Gone:
                failed.Forget(entry.Id);
                return new OutboxSettlement.Delivered { Id = entry.Id, IsToldToEmr = route.Target == OutboxTarget.Emr && verdict is Verdict.Delivered };
            case Verdict.Refused refused:
                return Park(entry, refused.Reason);
            case Verdict.Trouble trouble:
                var next = failed.Note(entry, countsAgainstIt: true);
                if (failed.IsToBeParked(entry.Id))
                    return Park(entry, trouble.Reason);
                Log.DeliveryFailed(logger, route.Peer, entry.Kind, entry.OrderKey, entry.Id, entry.Attempts, trouble.Reason);
                return new OutboxSettlement.Failed(next, trouble.Reason) { Id = entry.Id };
            case Verdict.Later later:
                Log.DeliveryDelayed(logger, route.Peer, entry.Kind, entry.OrderKey, entry.Id, later.Reason);
                return new OutboxSettlement.Failed(failed.Note(entry, countsAgainstIt: false), later.Reason) { Id = entry.Id };
            default:
                return new OutboxSettlement.Released { Id = entry.Id };
        }
    }

    private OutboxSettlement.Parked Park(OutboxEntry entry, string reason)
    {
        failed.Forget(entry.Id);
        Log.MessageParked(logger, route.Peer, entry.Kind, entry.OrderKey, entry.Id, reason, route.ParkedPath);
        return new(reason) { Id = entry.Id };
    }

    /// <summary>Gives back what this sidecar took and did not settle, in its last life or in this one.</summary>
    private async Task ReleaseAsync()
    {
        try
        {
            if (await store.ReleaseOutboxAsync(route.Target, sender, CancellationToken.None) is > 0 and var count)
                Log.OutboxReleased(logger, count);
        }
        catch (WorklistStoreException error)
        {
            // Their lease does the same, only later
            Log.OutboxAway(logger, error.Message);
        }
    }

    private sealed record TakenRun(OutboxRun Run, long Since);
}
