using Gantry.EmrSync.Mapping;
using Gantry.EmrSync.Reading;
using Gantry.Worklist;

namespace Gantry.EmrSync.Sync;

/// <summary>
/// Reads the EMR once and brings the worklist to what it says. Rows go through in batches, each written in one transaction; a row
/// whose accession number another order has waits for the end, when it is known what became of that one. A pass that is cut off
/// anywhere has done no harm: the next finds by their hashes what is written already.
/// </summary>
internal sealed class SyncPass(
    OrderReader reader, OrderMapper mapper, IEmrOrders store, EmrLease lease, EmrSyncOptions options, QueryWindow window, SyncCounts counts)
{
    private readonly Claims _claims = new();
    private readonly List<(EmrRow Row, MappedRow Mapped)> _waiting = [];
    private readonly IReadOnlyList<WorklistColumn> _columns = reader.Shape.Described;
    private Task _writing = Task.CompletedTask;
    private int _stillUnusable;

    /// <summary>Reads to the end.</summary>
    /// <returns>False if a part of the EMR was read and the whole is needed to decide about some row.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await reader.ReadAsync(options.BatchRows, cancellationToken).ConfigureAwait(false) is { Count: > 0 } rows)
            {
                counts.Read += rows.Count;
                await HandleAsync(rows, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            // Nothing of ours may go on after the lease was given back
            await _writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        await _writing.ConfigureAwait(false);
        counts.SetAside += _stillUnusable;
        if (!window.IsWhole) return _waiting.Count + _claims.Twins.Count == 0;
        await SettleWaitingAsync(cancellationToken).ConfigureAwait(false);
        await new MissingOrders(_claims, store, lease, _columns, options, window, counts).CancelAsync(cancellationToken).ConfigureAwait(false);
        return true;
    }

    private async Task HandleAsync(List<EmrRow> rows, CancellationToken cancellationToken)
    {
        IReadOnlyList<EmrOrder> found = await store.FindAsync(
            [.. rows.Select(static row => row.Key)],
            [.. rows.Where(static row => row.AccessionNumber.Length > 0).Select(static row => row.AccessionNumber)],
            cancellationToken).ConfigureAwait(false);
        var known = found.ToDictionary(static order => order.Key, StringComparer.Ordinal);
        var owners = found.Where(static order => order.Owns).ToDictionary(static order => order.AccessionNumber, StringComparer.Ordinal);
        var writes = new List<EmrOrderWrite>();
        foreach (EmrRow row in rows)
        {
            if (!_claims.IsFirst(row)) continue;
            EmrOrder? before = known.GetValueOrDefault(row.Key);
            bool isUnchanged = before is not null && before.Hash == row.Hash && before.State != EmrOrderState.Ambiguous;
            MappedRow? mapped = null;
            EmrOrderState state = isUnchanged ? before!.State : (mapped = mapper.Map(row)).State;
            bool isFree = state != EmrOrderState.Live || _claims.Claim(row);
            if (isUnchanged && isFree)
            {
                if (state == EmrOrderState.Unusable) _stillUnusable++;
                continue;
            }
            EmrOrder? owner = row.AccessionNumber.Length == 0 ? null : owners.GetValueOrDefault(row.AccessionNumber);
            bool isTaken = state == EmrOrderState.Live && owner is not null && owner.Key != row.Key;
            mapped ??= mapper.Map(row);
            if (!isFree || isTaken || before?.State == EmrOrderState.Ambiguous) _waiting.Add((row, mapped));
            else writes.Add(Write(row, mapped, before));
        }
        // The next rows are read while these are written. What the store says of them may be one batch old: two rows of this pass that
        // want the same number meet in the claims, and a number that was just given up only makes its next owner wait
        await _writing.ConfigureAwait(false);
        _writing = WriteAsync(writes, cancellationToken);
    }

    private async Task SettleWaitingAsync(CancellationToken cancellationToken)
    {
        List<EmrOrderWrite> writes = [];
        // What gives a number up goes before what takes it
        foreach ((EmrRow row, MappedRow mapped) in _waiting.OrderBy(static one => one.Mapped.State == EmrOrderState.Live))
        {
            if (_claims.Twins.ContainsKey(row.Key)) continue;
            bool isShared = mapped.State == EmrOrderState.Live && _claims.Shared.Contains(row.AccessionNumber);
            writes.Add(isShared ? Ambiguous(row.Key, row.AccessionNumber, mapped.ScheduledDate, SharedNumber)
                : Write(row, mapped, null) with { LooksUp = true });
        }
        foreach (EmrRow row in _claims.Twins.Values)
            writes.Add(Ambiguous(row.Key, row.AccessionNumber, null, SharedKey));
        // The first that claimed a shared number may have been served already
        foreach (string[] numbers in _claims.Shared.Chunk(100))
        {
            foreach (EmrOrder owner in await store.FindAsync([], numbers, cancellationToken).ConfigureAwait(false))
            {
                if (_claims.Saw(owner.Key) && !writes.Exists(write => write.Order.Key == owner.Key))
                    writes.Add(Ambiguous(owner.Key, owner.AccessionNumber, owner.ScheduledDate, SharedNumber));
            }
        }
        await WriteAsync(writes, cancellationToken).ConfigureAwait(false);
    }

    private const string SharedNumber =
        "Another row of the EMR has the same accession number, and nobody can tell which is right. Both wait until one is cancelled or gone.";

    private const string SharedKey =
        "The query gives two different rows for this order (key). Both wait: make the query give one, for instance by another order_key.";

    private static EmrOrderWrite Write(EmrRow row, MappedRow mapped, EmrOrder? before) => new()
    {
        Order = new EmrOrder(row.Key, row.AccessionNumber, row.Hash, mapped.State, false, mapped.ScheduledDate),
        Before = before,
        Item = mapped.Item,
        Reason = mapped.Reason is null ? null : $"In the EMR's row, {mapped.Reason}. Put it right in the EMR or in the query.",
    };

    private static EmrOrderWrite Ambiguous(string key, string accession, string? date, string reason) => new()
    {
        Order = new EmrOrder(key, accession, "", EmrOrderState.Ambiguous, false, date),
        LooksUp = true,
        Reason = reason,
    };

    private async Task WriteAsync(List<EmrOrderWrite> writes, CancellationToken cancellationToken)
    {
        foreach (EmrOrderWrite[] batch in writes.Chunk(options.BatchRows))
        {
            IReadOnlyList<EmrWriteResult> results =
                await store.WriteAsync(lease, new EmrBatch(_columns, batch), cancellationToken).ConfigureAwait(false);
            for (int index = 0; index < batch.Length; index++)
            {
                EmrOrderState state = batch[index].Order.State;
                counts.Count(results[index], state);
                if (state is EmrOrderState.Unusable or EmrOrderState.Ambiguous) counts.SetAside++;
            }
        }
    }
}
