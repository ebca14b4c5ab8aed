using Gantry.Cloud.Data;
using Gantry.Cloud.Live;
using Gantry.Contracts;
using Gantry.Relay;
using Npgsql;

namespace Gantry.Cloud.Gateways;

/// <summary>
/// Delivers actions to gateways: at once, and again with growing pauses while a gateway is away. Any number of instances may do so
/// at the same time: each takes rows that no other has, for as long as one attempt may last.
/// </summary>
internal sealed class ActionDelivery(
    NpgsqlDataSource database, RelayLinks links, Signals signals, TimeProvider time, ILogger<ActionDelivery> logger) : BackgroundService
{
    /// <summary>So long an attempt is ours, and is made ours again while it lasts: what a dead instance had under way waits no longer than this.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan LeaseRenewal = TimeSpan.FromSeconds(5);

    /// <summary>Somebody waits beside the modality: when the gateway is back, the order is there soon after.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan DatabasePause = TimeSpan.FromSeconds(2);
    private const int AtOnce = 32;
    private const int LongestReason = 500;

    private int _underWay;

    private sealed record Due(Guid Id, string Payload, int Attempts, string HybridConnection);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var attempts = new HashSet<Task>();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                attempts.RemoveWhere(attempt => attempt.IsCompleted);
                var due = await TakeAsync(AtOnce - attempts.Count, stoppingToken);
                foreach (var action in due)
                    attempts.Add(Task.Run(() => AttemptAsync(action, stoppingToken), CancellationToken.None));
                if (due.Count == 0)
                    await signals.Actions.HearAsync(await UntilNextAsync(stoppingToken), time, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception error) when (error is NpgsqlException or IOException or TimeoutException or InvalidOperationException)
            {
                Log.ActionsUnreadable(logger, error.Message);
                await Task.Delay(DatabasePause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        await Task.WhenAll(attempts);
    }

    private async Task<IReadOnlyList<Due>> TakeAsync(int most, CancellationToken cancellationToken)
    {
        if (most <= 0)
            return [];
        await using var take = database.Command("""
            UPDATE gateway_actions AS action SET due_at = now() + $2, attempts = attempts + 1, sent_at = coalesce(sent_at, now())
            FROM gateways AS gateway WHERE gateway.id = action.gateway_id AND action.id IN (
                SELECT id FROM gateway_actions WHERE due_at <= now() ORDER BY due_at LIMIT $1 FOR UPDATE SKIP LOCKED)
            RETURNING action.id, action.payload, action.attempts, gateway.hybrid_connection
            """, most, Lease);
        await using var reader = await take.ExecuteReaderAsync(cancellationToken);
        var due = new List<Due>();
        while (await reader.ReadAsync(cancellationToken))
            due.Add(new(reader.GetGuid(0), reader.GetString(1), reader.GetInt32(2), reader.GetString(3)));
        return due;
    }

    /// <summary>How long nothing is due, unless somebody says so.</summary>
    private async Task<TimeSpan> UntilNextAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _underWay) >= AtOnce)
            return TimeSpan.FromSeconds(1);
        await using var query = database.Command("SELECT extract(epoch FROM min(due_at) - now())::float8 FROM gateway_actions WHERE due_at IS NOT NULL");
        var seconds = await query.ExecuteScalarAsync(cancellationToken) as double?;
        return TimeSpan.FromSeconds(Math.Clamp(seconds ?? 3600, 0.05, 3600));
    }

    private async Task AttemptAsync(Due action, CancellationToken stoppingToken)
    {
        Interlocked.Increment(ref _underWay);
        try
        {
            var reply = ActionReply.Parse((await SendAsync(action, stoppingToken)).Span);
            if (reply.Succeeded && reply.Value.Succeeded)
                await ConfirmAsync(action, reply.Value.Status, stoppingToken);
            else
                await FailAsync(action, "gateway", reply.Value?.Message ?? reply.Error?.Message ?? "it answered what nobody understands", null, true, stoppingToken);
        }
        catch (RelayException error)
        {
            await RecordFailureAsync(action, error.Phase.ToString(), error.Reason, stoppingToken);
        }
        catch (Exception error) when (error is NpgsqlException or IOException or TimeoutException)
        {
            // The lease runs out, and somebody tries again; the gateway does an action once, however often it comes
            Log.ActionsUnreadable(logger, error.Message);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The same
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
            signals.Actions.Say();
        }
    }

    private async Task<ReadOnlyMemory<byte>> SendAsync(Due action, CancellationToken stoppingToken)
    {
        var sender = await links.SenderAsync(action.HybridConnection, stoppingToken);
        using var sent = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var holding = HoldAsync(action, sent.Token);
        try
        {
            return await sender.SendAsync(System.Text.Encoding.UTF8.GetBytes(action.Payload), stoppingToken);
        }
        finally
        {
            await sent.CancelAsync();
            await holding;
        }
    }

    /// <summary>Renews the lease until the attempt is over. Where that fails another instance may try too, which does no harm.</summary>
    private async Task HoldAsync(Due action, CancellationToken over)
    {
        using var timer = new PeriodicTimer(LeaseRenewal, time);
        while (!over.IsCancellationRequested)
        {
            try
            {
                await timer.WaitForNextTickAsync(over);
                await using var hold = database.Command(
                    "UPDATE gateway_actions SET due_at = now() + $3 WHERE id = $1 AND attempts = $2 AND due_at IS NOT NULL", action.Id, action.Attempts, Lease);
                await hold.ExecuteNonQueryAsync(over);
            }
            catch (Exception error) when (error is OperationCanceledException or NpgsqlException or IOException or TimeoutException)
            {
                // The attempt is over, or the database is away and the next renewal may get through
            }
        }
    }

    private async Task RecordFailureAsync(Due action, string phase, string reason, CancellationToken stoppingToken)
    {
        try
        {
            await FailAsync(action, phase, reason, PauseAfter(action.Attempts), false, stoppingToken);
        }
        catch (Exception error) when (error is NpgsqlException or IOException or TimeoutException or OperationCanceledException)
        {
            Log.ActionsUnreadable(logger, error.Message);
        }
    }

    private async Task ConfirmAsync(Due action, string status, CancellationToken cancellationToken)
    {
        await using var update = database.Command("""
            UPDATE gateway_actions SET delivered_at = coalesce(delivered_at, now()), confirmed_at = coalesce(confirmed_at, now()), due_at = NULL,
                failed_at = NULL, failure_phase = NULL, failure_reason = NULL WHERE id = $1
            """, action.Id);
        await update.ExecuteNonQueryAsync(cancellationToken);
        Log.ActionConfirmed(logger, action.Id, status);
    }

    private async Task FailAsync(Due action, string phase, string reason, TimeSpan? pause, bool delivered, CancellationToken cancellationToken)
    {
        // An exam that began meanwhile has confirmed it already
        await using var update = database.Command("""
            UPDATE gateway_actions SET failed_at = now(), failure_phase = $2, failure_reason = $3, due_at = now() + $4::interval,
                delivered_at = CASE WHEN $5 THEN coalesce(delivered_at, now()) ELSE delivered_at END
            WHERE id = $1 AND confirmed_at IS NULL
            """, action.Id, phase, reason.Length > LongestReason ? reason[..LongestReason] : reason, pause, delivered);
        await update.ExecuteNonQueryAsync(cancellationToken);
        Log.ActionFailed(logger, action.Id, phase, action.Attempts);
    }

    /// <summary>1, 2, 4 ... 15 seconds, each a little more or less, so that many do not come at once.</summary>
    private static TimeSpan PauseAfter(int attempts) =>
        TimeSpan.FromSeconds(Math.Min(LongestPause.TotalSeconds, Math.Pow(2, Math.Min(attempts - 1, 10))) * (0.8 + 0.4 * Random.Shared.NextDouble()));
}
