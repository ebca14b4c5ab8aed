using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Gantry.EmrSync.Mapping;
using Gantry.EmrSync.Names;
using Gantry.EmrSync.Reading;
using Gantry.Odbc;
using Gantry.Worklist;
using Microsoft.Extensions.Logging;

namespace Gantry.EmrSync.Sync;

/// <summary>
/// Brings the worklist's orders to what the EMR says. Safe to be called from anywhere at once: one sync runs at a time for a store,
/// over all processes that share it.
/// </summary>
/// <param name="options">The EMR and how it is read.</param>
/// <param name="store">The worklist's side.</param>
/// <param name="names">Writes patients' names.</param>
/// <param name="time">The site's clock: its local date says which days are read. What changed when is told by the EMR's clock alone.</param>
/// <param name="logger">Where runs are told.</param>
public sealed class OrderSync(
    EmrSyncOptions options, IEmrOrders store, INameWriter names, TimeProvider time, ILogger<OrderSync> logger) : IAsyncDisposable
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(200);

    /// <summary>So many batches in one transaction, where all orders are compared for the first time.</summary>
    private const int FirstBatches = 5;

    // A clock this far ahead is wrong, whatever its time zone; it must not hide what others change
    private static readonly TimeSpan FurthestZone = TimeSpan.FromHours(26);

    private readonly OdbcDataSource _emr = new(options.ConnectionString,
        new OdbcDataSourceOptions { MaximumConnections = 2, ConnectTimeout = options.ConnectTimeout }, time);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly string _owner = $"{Environment.MachineName}:{Environment.ProcessId}";
    private readonly string _settings = Fingerprint(options, names);
    private volatile EmrRun? _last;

    /// <summary>The last sync of this process; null before the first.</summary>
    public EmrRun? Last => _last;

    /// <summary>True while one runs in this process.</summary>
    public bool IsRunning => _turn.CurrentCount == 0;

    /// <summary>Syncs once. A failure is in the result; the worklist is served as it was.</summary>
    /// <param name="reason">Who asks for it, in one word.</param>
    /// <param name="cancellationToken">Stops it, within about a second even if the EMR hangs; what is written stays.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    /// <exception cref="WorklistStoreException">The store cannot be used.</exception>
    public Task<EmrRun> RunAsync(string reason, CancellationToken cancellationToken) => RunAsync(new SyncRequest(reason), cancellationToken);

    /// <summary>Syncs once. A failure is in the result; the worklist is served as it was.</summary>
    /// <param name="request">Who asks for it, and for how much.</param>
    /// <param name="cancellationToken">Stops it, within about a second even if the EMR hangs; what is written stays.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    /// <exception cref="WorklistStoreException">The store cannot be used.</exception>
    public async Task<EmrRun> RunAsync(SyncRequest request, CancellationToken cancellationToken)
    {
        string reason = request.Reason;
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            DateTimeOffset started = time.GetUtcNow();
            long start = time.GetTimestamp();
            var counts = new SyncCounts();
            bool isWhole = false;
            string? failure = null;
            try
            {
                isWhole = await WithLeaseAsync(request, counts, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is EmrSyncException or EmrLeaseLostException)
            {
                failure = e is EmrSyncException told ? $"{told.Phase}: {told.Message}" : e.Message;
            }
            var run = new EmrRun
            {
                StartedAt = started, Reason = reason, IsWhole = isWhole, Read = counts.Read, Added = counts.Added, Changed = counts.Changed,
                Cancelled = counts.Cancelled, Reinstated = counts.Reinstated, SetAside = counts.SetAside,
                Duration = time.GetElapsedTime(start), Failure = failure,
            };
            _last = run;
            if (reason == SyncRequest.Query && failure is null && counts.AreNone) return run;
            await store.AddRunAsync(run, cancellationToken).ConfigureAwait(false);
            if (failure is null) Log.Synced(logger, reason, run.Read, run.Added, run.Changed, run.Cancelled, run.Reinstated, run.SetAside, run.Duration.TotalMilliseconds);
            else Log.SyncFailed(logger, reason, failure);
            return run;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Closes the connections to the EMR.</summary>
    public async ValueTask DisposeAsync()
    {
        await _emr.DisposeAsync().ConfigureAwait(false);
        _turn.Dispose();
    }

    private async Task<bool> WithLeaseAsync(SyncRequest request, SyncCounts counts, CancellationToken cancellationToken)
    {
        EmrLease lease = await LeaseAsync(cancellationToken).ConfigureAwait(false);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<bool> keeping = KeepAsync(lease, stop);
        bool isLost = false;
        try
        {
            return await SyncAsync(lease, request, counts, stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            isLost = true;
            throw new EmrLeaseLostException();
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await keeping.ConfigureAwait(false);
            if (!isLost) await store.ReleaseLeaseAsync(lease, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private async Task<EmrLease> LeaseAsync(CancellationToken cancellationToken)
    {
        long start = time.GetTimestamp();
        while (true)
        {
            if (await store.TakeLeaseAsync(_owner, options.LeaseTime, cancellationToken).ConfigureAwait(false) is { } lease) return lease;
            if (time.GetElapsedTime(start) > options.Patience)
                throw new EmrSyncException("compare", "Another process is syncing with the EMR at this moment; this one need not.");
            await Task.Delay(LookAgain, time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Keeps the lease until it is stopped; where it is lost, it stops the sync.</summary>
    private async Task<bool> KeepAsync(EmrLease lease, CancellationTokenSource stop)
    {
        using var timer = new PeriodicTimer(options.LeaseTime / 3, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stop.Token).ConfigureAwait(false))
            {
                if (await store.RenewLeaseAsync(lease, options.LeaseTime, stop.Token).ConfigureAwait(false)) continue;
                await stop.CancelAsync().ConfigureAwait(false);
                return false;
            }
        }
        catch (OperationCanceledException)
        {
            // The sync is over
        }
        catch (WorklistStoreException)
        {
            // The sync meets the same trouble and tells of it
        }
        return true;
    }

    private async Task<bool> SyncAsync(EmrLease lease, SyncRequest request, SyncCounts counts, CancellationToken cancellationToken)
    {
        EmrMark mark = await store.MarkAsync(cancellationToken).ConfigureAwait(false);
        bool isFirst = mark.ComparedAt is null;
        if (mark.Settings != _settings) mark = EmrMark.None;
        DateOnly today = DateOnly.FromDateTime(time.GetLocalNow().DateTime);
        EmrSyncOptions used = request.AcceptsMissing ? options with { MissingLimit = 100 } : options;
        // Before the first sync is over no exam waits for the store, and each batch writes most pages of every index. New settings are another
        // matter: all is compared anew then, but in the middle of a day
        if (isFirst) used = used with { BatchRows = FirstBatches * used.BatchRows };
        bool isDue = mark.ComparedAt is not { } compared || request.Scope == SyncScope.Whole
            || (request.Scope == SyncScope.Due && time.GetUtcNow() - compared >= options.CompareInterval);
        QueryWindow window = isDue ? QueryWindow.Whole(options, today) : QueryWindow.After(mark, options, today);
        if (await PassAsync(lease, used, counts, mark, window, cancellationToken).ConfigureAwait(false)) return window.IsWhole;
        // A part did not tell enough, for instance whether the other order of a number is still there
        await PassAsync(lease, used, counts, mark, QueryWindow.Whole(options, today), cancellationToken).ConfigureAwait(false);
        return true;
    }

    private async Task<bool> PassAsync(
        EmrLease lease, EmrSyncOptions used, SyncCounts counts, EmrMark mark, QueryWindow window, CancellationToken cancellationToken)
    {
        counts.SetAside = 0;
        OrderReader reader = await OrderReader.OpenAsync(_emr, options, window, _settings,
            time.GetUtcNow().UtcDateTime + FurthestZone, cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            var mapper = new OrderMapper(reader.Shape, names, options.StationAet);
            var pass = new SyncPass(reader, mapper, store, lease, used, window, counts);
            if (!await pass.RunAsync(cancellationToken).ConfigureAwait(false)) return false;
            var next = new EmrMark(_settings, Later(mark.ChangedAt, reader.NewestChange), Higher(mark.Key, reader.HighestKey),
                window.IsWhole ? time.GetUtcNow() : mark.ComparedAt);
            if (next != mark) await store.WriteAsync(lease, new EmrBatch(reader.Shape.Described, [], next), cancellationToken).ConfigureAwait(false);
            return true;
        }
    }

    private static string? Later(string? mark, DateTime? newest)
    {
        string? text = QueryWindow.Text(newest);
        return string.CompareOrdinal(text, mark) > 0 ? text : mark;
    }

    private static string? Higher(string? mark, long? highest) =>
        highest is { } key && (!long.TryParse(mark, NumberStyles.None, CultureInfo.InvariantCulture, out long before) || key > before)
            ? key.ToString(CultureInfo.InvariantCulture) : mark;

    private static string Fingerprint(EmrSyncOptions options, INameWriter names) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(
        $"1\n{options.Orders}\n{options.EffectiveMode}\n{options.ChangedAtFormat}\n{names.Fingerprint}")))[..16];
}
