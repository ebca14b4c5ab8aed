using System.Text.Json;
using Gantry.EmrSync;
using Gantry.Sidecar.Forwarding;
using Gantry.Sidecar.Settings;
using Gantry.Worklist;

namespace Gantry.Sidecar.Emr.WriteBack;

/// <summary>Decides what the EMR is told of an exam's status, and has it told.</summary>
internal sealed class WriteBackCourier(WriteBackQueue queue, SidecarSettings settings) : ICourier
{
    private readonly EmrSyncOptions _options = settings.EmrSync.ToOptions(static _ => null);

    public async Task<Verdict> TryAsync(OutboxRun run, int index, CancellationToken cancellationToken)
    {
        var entry = run.Messages[index];
        if (StatusOf(entry) is not { } status)
            return new Verdict.Refused("What stands in the outbox cannot be read; another program may have written it.");
        if (_options.WordFor(status.Status) is not { } word)
            return new Verdict.Gone($"EmrSync:Statuses has no word for {status.Status}");
        if (MayBeTold(run, index))
            return new Verdict.Gone("a later status of this exam may be there already, after a restart in the middle of telling it");
        return await queue.TellAsync(entry.Id, status, word, cancellationToken);
    }

    /// <summary>
    /// After a kill between the EMR's commit and ours both the start and the end of an exam may be due again. The start, told once more,
    /// would take the end back for a moment.
    /// </summary>
    private bool MayBeTold(OutboxRun run, int index) => run.Messages[index].Attempts > 1
        && run.Messages.Skip(index + 1).Any(later => later.Attempts > 1 && StatusOf(later) is { } status && _options.WordFor(status.Status) is not null);

    private static StatusEvent? StatusOf(OutboxEntry entry)
    {
        try
        {
            return entry.Kind == StatusEvent.Kind ? StatusEvent.Parse(entry.Payload.Span) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
