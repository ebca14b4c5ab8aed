using System.Collections.Concurrent;
using Gantry.EmrSync.Status;
using Gantry.Sidecar.Forwarding;
using Gantry.Sidecar.Settings;
using Gantry.Worklist;

namespace Gantry.Sidecar.Emr.WriteBack;

/// <summary>
/// Has statuses that are told at the same moment go in one transaction of the EMR: whoever comes while others are being told waits, and the
/// first of those who wait takes all along. Those of one exam come one after the other.
/// </summary>
internal sealed class WriteBackQueue(
    IWorklistStore store, StatusWriter writer, [FromKeyedServices(OutboxTarget.Emr)] DeliveryLink link, WriteBackTally tally, SidecarSettings settings,
    TimeProvider time, ILogger<WriteBackQueue> logger) : IDisposable
{
    /// <summary>Who has waited longer is given back, so that a status is told long before its lease is over.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private readonly ConcurrentQueue<Waiting> _waiting = new();
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Tells the EMR the status of an exam.</summary>
    /// <param name="id">Number of the message in the outbox.</param>
    /// <param name="status">The status.</param>
    /// <param name="word">The EMR's word for it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<Verdict> TellAsync(long id, StatusEvent status, string word, CancellationToken cancellationToken)
    {
        var mine = new Waiting(id, status, word, time.GetTimestamp());
        _waiting.Enqueue(mine);
        await _turn.WaitAsync(cancellationToken);
        try
        {
            while (!mine.Verdict.Task.IsCompleted)
                await TellWaitingAsync(cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
        return await mine.Verdict.Task;
    }

    public void Dispose() => _turn.Dispose();

    private async Task TellWaitingAsync(CancellationToken cancellationToken)
    {
        var batch = new List<Waiting>();
        while (batch.Count < settings.EmrWriteBack.BatchRows && _waiting.TryDequeue(out var one))
        {
            if (time.GetElapsedTime(one.Since) < LongestWait)
                batch.Add(one);
            else
                one.Verdict.SetResult(new Verdict.Unreachable());
        }
        try
        {
            if (batch.Count > 0)
                await TellAsync(batch, cancellationToken);
        }
        catch (WorklistStoreException error)
        {
            Settle(batch, new Verdict.Later(error.Message));
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever it is, it must not stop the others; what it says may hold patient data
            Log.WriteBackBroke(logger, error, batch.Count);
            Settle(batch, new Verdict.Trouble($"{error.GetType().Name}; the gateway's log has more."));
        }
        finally
        {
            Settle(batch, new Verdict.Unreachable());
        }
    }

    private async Task TellAsync(List<Waiting> batch, CancellationToken cancellationToken)
    {
        var exams = (await store.Emr.ExamsAsync([.. batch.Select(one => one.Status.AccessionNumber)], cancellationToken))
            .ToDictionary(exam => exam.AccessionNumber, StringComparer.Ordinal);
        var told = new List<(Waiting Message, EmrExam Exam)>(batch.Count);
        foreach (var one in batch)
        {
            if (!exams.TryGetValue(one.Status.AccessionNumber, out var exam))
                one.Verdict.SetResult(new Verdict.Gone("the order did not come from the EMR"));
            else if (exam.ToldId > one.Id)
                one.Verdict.SetResult(new Verdict.Gone("it has a later status of this exam already"));
            else
                told.Add((one, exam));
        }
        if (told.Count == 0)
            return;
        var round = link.Round;
        var begun = time.GetTimestamp();
        var written = await writer.WriteAsync(
            [.. told.Select(one => new StatusWrite(one.Exam.Key, one.Exam.AccessionNumber, one.Message.Word))], cancellationToken);
        var rows = written.Results.OfType<StatusResult.Told>().Select(static result => result.Rows).ToList();
        tally.Learn(rows);
        if (rows.Count > 0)
            link.Worked();
        for (var i = 0; i < told.Count; i++)
            told[i].Message.Verdict.SetResult(VerdictOf(written.Results[i], told[i].Message, told[i].Exam, round));
        if (written.Failure is { } failure)
            link.Broke(link.Round, failure.Phase, failure.Message);
        Log.WroteBack(logger, rows.Count, told.Count, time.GetElapsedTime(begun).TotalMilliseconds);
    }

    private Verdict VerdictOf(StatusResult result, Waiting message, EmrExam exam, long round)
    {
        switch (result)
        {
            case StatusResult.Told { Rows: 0 } when tally.CountsRows:
                return new Verdict.Refused(
                    $"The EMR changed no row: it has no order {exam.Key} any more, or EmrSync:StatusUpdate does not find it. Correct it and replay, or drop this.");
            case StatusResult.Told { Rows: <= 0 }:
                Log.NoRowCounted(logger, exam.Key, message.Status.Status);
                return new Verdict.Delivered();
            case StatusResult.Told:
                return new Verdict.Delivered();
            case StatusResult.Refused refused:
                link.Erred(round, refused.Reason);
                return new Verdict.Trouble(refused.Reason);
            default:
                return new Verdict.Unreachable();
        }
    }

    private static void Settle(List<Waiting> batch, Verdict verdict) => batch.ForEach(one => one.Verdict.TrySetResult(verdict));

    private sealed record Waiting(long Id, StatusEvent Status, string Word, long Since)
    {
        public TaskCompletionSource<Verdict> Verdict { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
