using System.Text.Json.Serialization;
using Gantry.Sidecar.Settings;
using Gantry.Worklist;

namespace Gantry.Sidecar.Emr;

/// <summary>How the sync with the EMR stands, for API, page and health.</summary>
internal sealed class EmrOverview(SidecarSettings settings, IWorklistStore store, IServiceProvider services)
{
    // What the sync sets aside stands under such a name in the store's list
    private const string Prefix = "EMR ";
    private const int MostSetAside = 1000;

    /// <summary>The state as a whole.</summary>
    public async Task<EmrStatus> StatusAsync(CancellationToken cancellationToken)
    {
        if (services.GetService<OrderRuns>() is not { } runs)
            return new(false, null, null, null, false, null, null, EmrStatus.Off, 0, 0, 0);
        var last = await RunsAsync(1, cancellationToken) is [var newest, ..] ? newest : null;
        if (runs.Last is { } own && (last is null || own.StartedAt > last.StartedAt)) last = EmrRunReport.Of(own);
        var outbox = await store.OutboxStatisticsAsync(OutboxTarget.Emr, cancellationToken);
        return new(
            true, settings.EmrSync.ToOptions(settings.StationAetFor).EffectiveMode.ToString(), settings.EmrSync.Schedule,
            await services.GetRequiredService<SyncSchedule>().NextAsync(cancellationToken), runs.Running is not null, last, runs.LastSuccessAt,
            !settings.EmrSync.OnQuery ? EmrStatus.Off : services.GetRequiredService<QuerySync>().IsPaused ? EmrStatus.Paused : EmrStatus.Waiting,
            (await SetAsideAsync(cancellationToken)).Count, outbox.Pending, outbox.Parked);
    }

    /// <summary>The newest syncs, of any process that shares the store.</summary>
    public async Task<IReadOnlyList<EmrRunReport>> RunsAsync(int take, CancellationToken cancellationToken) =>
        [.. (await store.Emr.RunsAsync(take, cancellationToken)).Select(EmrRunReport.Of)];

    /// <summary>Rows of the EMR that cannot become orders, with the reason.</summary>
    public async Task<IReadOnlyList<SetAsideItem>> SetAsideAsync(CancellationToken cancellationToken) =>
        [.. (await store.SetAsideItemsAsync(MostSetAside, cancellationToken)).Where(item => item.Reference.StartsWith(Prefix, StringComparison.Ordinal))];
}

/// <summary>How the sync stands.</summary>
/// <param name="Enabled">False where no EMR is set.</param>
/// <param name="Mode">How new orders are told from old ones: ChangedAt, Key or Window.</param>
/// <param name="Schedule">As it is set.</param>
/// <param name="NextRun">When the next sync is due.</param>
/// <param name="Running">True if one runs now.</param>
/// <param name="LastRun">The last that ended; null if there was none.</param>
/// <param name="LastSuccess">When this process last synced well.</param>
/// <param name="OnQuery">What modalities' queries do: <c>waiting</c> (for the sync, within the budget), <c>paused</c> (after a failure), <c>off</c>.</param>
/// <param name="SetAside">Rows that cannot become orders.</param>
/// <param name="WriteBacksPending">Statuses that the EMR was not told yet.</param>
/// <param name="WriteBacksParked">Statuses that the EMR refused.</param>
internal sealed record EmrStatus(
    bool Enabled, string? Mode, string? Schedule, DateTimeOffset? NextRun, bool Running, EmrRunReport? LastRun, DateTimeOffset? LastSuccess,
    string OnQuery, int SetAside, long WriteBacksPending, long WriteBacksParked)
{
    public const string Waiting = "waiting";
    public const string Paused = "paused";
    public const string Off = "off";
}

/// <summary>A sync that ended.</summary>
/// <param name="StartedAt">When it began.</param>
/// <param name="Reason">Who asked for it: start, schedule, query, api, page, command.</param>
/// <param name="Whole">True if every row of the days was compared.</param>
/// <param name="Read">Rows read.</param>
/// <param name="Added">Orders new in the worklist.</param>
/// <param name="Changed">Orders changed.</param>
/// <param name="Cancelled">Orders withdrawn.</param>
/// <param name="Reinstated">Orders offered again.</param>
/// <param name="SetAside">Rows that cannot become orders.</param>
/// <param name="Milliseconds">How long it took.</param>
/// <param name="Failure">Phase and sentence; null if it did not fail.</param>
internal sealed record EmrRunReport(
    DateTimeOffset StartedAt, string Reason, bool Whole, int Read, int Added, int Changed, int Cancelled, int Reinstated, int SetAside,
    long Milliseconds, string? Failure)
{
    public static EmrRunReport Of(EmrRun run) => new(
        run.StartedAt, run.Reason, run.IsWhole, run.Read, run.Added, run.Changed, run.Cancelled, run.Reinstated, run.SetAside,
        (long)run.Duration.TotalMilliseconds, run.Failure);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(EmrStatus))]
[JsonSerializable(typeof(IReadOnlyList<EmrRunReport>))]
internal sealed partial class EmrJson : JsonSerializerContext;
