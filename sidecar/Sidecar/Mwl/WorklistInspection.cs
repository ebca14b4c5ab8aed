using System.Buffers;
using System.Text;
using Gantry.Dicom;
using Gantry.EmrSync.Names;
using Gantry.Sidecar.Peers;
using Gantry.Worklist;

namespace Gantry.Sidecar.Mwl;

/// <summary>
/// Keeps the list of rows that cannot be served: writes down what queries noticed, and now and then looks at every row that
/// some peer may be shown, as that peer's query for everything would, so that a row whose bad date hides it from queries is
/// found too, and a row that was mended leaves the list.
/// </summary>
internal sealed class WorklistInspection(
    IWorklistStore store, SetAsideNotes notes, StationDirectory stations, PatientNames names, PeerDirectory peers, TimeProvider clock,
    ILogger<WorklistInspection> logger) : BackgroundService
{
    private const int RowsPerWrite = 500;

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        var tick = Task.FromResult(true);
        var note = notes.Reader.WaitToReadAsync(stoppingToken).AsTask();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (tick.IsCompleted)
                {
                    tick = timer.WaitForNextTickAsync(stoppingToken).AsTask();
                    await InspectAsync(stoppingToken);
                }

                await WriteNotesAsync(stoppingToken);
                if (note.IsCompleted) note = notes.Reader.WaitToReadAsync(stoppingToken).AsTask();
                await Task.WhenAny(tick, note);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                // Mostly the store is away, and queries say so themselves. Whatever it is, house-keeping never ends the gateway:
                // the next tick tries again
                Log.InspectionFailed(logger, failure);
                await Task.WhenAny(tick);
            }
        }
    }

    /// <summary>Looks at every row that may be served; returns how many are set aside.</summary>
    public async Task<int> InspectAsync(CancellationToken cancellationToken)
    {
        var faulty = new Dictionary<string, RowFault>(StringComparer.Ordinal);
        var criteria = new WorklistCriteria { Statuses = [.. peers.All.SelectMany(peer => peer.ListedStatuses).Distinct()] };
        var writers = Writers();
        var output = new ArrayBufferWriter<byte>(4096);
        await using (var rows = await store.QueryAsync(criteria, cancellationToken))
        {
            while (await rows.ReadAsync(cancellationToken))
            {
                foreach (var writer in writers)
                {
                    output.ResetWrittenCount();
                    if (writer.Write(rows, output) is not { } fault) continue;
                    faulty[Encoding.UTF8.GetString(rows[WorklistColumn.AccessionNumber])] = fault;
                    break;
                }
            }
        }

        SetAsideNote[] found = [.. faulty.Select(entry => new SetAsideNote(entry.Key, entry.Value))];
        await WriteAsync(found, cancellationToken);
        foreach (var note in found)
            if (!notes.IsKnown(note)) Log.RowSetAside(logger, note.AccessionNumber, note.Fault.Reason);
        notes.Restart(found);
        await ForgetMendedAsync(faulty, cancellationToken);
        return faulty.Count;
    }

    // One for each list of character sets: it is they that decide what can be served
    private AnswerWriter[] Writers()
    {
        var plan = AnswerPlan.Make(IdentifierReader.Everything, TransferSyntax.ImplicitVrLittleEndian);
        return
        [
            .. peers.All.DistinctBy(peer => string.Join('|', peer.CharacterSets)).Select(peer => new AnswerWriter(
                plan, peer, isExplicit: false, wantsCharacterSet: false, stations, names, clock.LocalTimeZone)),
        ];
    }

    private async Task ForgetMendedAsync(Dictionary<string, RowFault> faulty, CancellationToken cancellationToken)
    {
        foreach (var item in await store.SetAsideItemsAsync(int.MaxValue, cancellationToken))
        {
            if (faulty.ContainsKey(item.Reference)) continue;
            // What other routes set aside, an upgrade or an EMR's row that never became an order, is theirs to clear
            if (!RowFault.IsReason(item.Reason)) continue;
            if (await store.GetAsync(item.Reference, cancellationToken) is null) continue;
            await store.ClearSetAsideAsync(item.Reference, cancellationToken);
            Log.RowMended(logger, item.Reference);
        }
    }

    /// <summary>Writes down what queries noticed.</summary>
    public async Task WriteNotesAsync(CancellationToken cancellationToken)
    {
        var batch = new List<SetAsideNote>();
        while (notes.Reader.TryRead(out var note)) batch.Add(note);
        try
        {
            await WriteAsync(batch, cancellationToken);
        }
        catch
        {
            notes.Forget(batch);
            throw;
        }

        foreach (var note in batch) Log.RowSetAside(logger, note.AccessionNumber, note.Fault.Reason);
    }

    private async Task WriteAsync(IReadOnlyList<SetAsideNote> found, CancellationToken cancellationToken)
    {
        foreach (var group in found.Chunk(RowsPerWrite)) // so that a step that is to be written need not wait for them all
            await store.SetAsideAsync([.. group.Select(note => (note.AccessionNumber, note.Fault.Reason))], cancellationToken);
    }
}
