namespace Gantry.EmrSync;

/// <summary>How new orders are told from those read before.</summary>
public enum SyncMode
{
    /// <summary>By what the query asks for: <c>@since</c>, <c>@key</c>, or neither.</summary>
    Auto,

    /// <summary>By the column <c>changed_at</c>: the query asks for rows changed since <c>@since</c>.</summary>
    ChangedAt,

    /// <summary>By the column <c>order_key</c>, a whole number that grows: the query asks for keys above <c>@key</c>.</summary>
    Key,

    /// <summary>By comparing every row of the days from <c>@from_date</c> to <c>@to_date</c>.</summary>
    Window,
}

/// <summary>The EMR and how its orders are read. Section <c>EmrSync</c> of the sidecar's settings.</summary>
public sealed record EmrSyncOptions
{
    /// <summary>How to reach the EMR, as the ODBC driver wants it.</summary>
    public string ConnectionString { get; init; } = "";

    /// <summary>The query for orders, with the result columns of <see cref="Mapping.OrderColumns"/>.</summary>
    public string Orders { get; init; } = "";

    /// <summary>The statement that tells the EMR the status of an exam; empty tells it nothing.</summary>
    public string StatusUpdate { get; init; } = "";

    /// <summary>
    /// The EMR's word for IN_PROGRESS, COMPLETED and DISCONTINUED, for <c>@status</c>. A status without a word is not told.
    /// </summary>
    public IReadOnlyDictionary<string, string> Statuses { get; init; } = new Dictionary<string, string>();

    /// <summary>When to sync: a duration such as <c>00:05:00</c>, or a Quartz cron expression.</summary>
    public string Schedule { get; init; } = "00:05:00";

    /// <summary>How new orders are told from old ones.</summary>
    public SyncMode Mode { get; init; }

    /// <summary>The days before today that are looked at, for <c>@from_date</c>.</summary>
    public int PastDays { get; init; } = 1;

    /// <summary>The days after today that are looked at, for <c>@to_date</c>.</summary>
    public int FutureDays { get; init; } = 30;

    /// <summary>How far <c>@since</c> lies before the newest change seen: longer than the EMR's longest transaction.</summary>
    public TimeSpan Overlap { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How far <c>@key</c> lies below the highest key seen.</summary>
    public long KeyOverlap { get; init; } = 1000;

    /// <summary>
    /// How often the whole window is compared though there is <c>@since</c> or <c>@key</c>: finds rows that were deleted. Zero: always.
    /// </summary>
    public TimeSpan CompareInterval { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>
    /// If more than this share of the orders (percent, and more than 20) were gone at once, nothing is cancelled and the sync fails:
    /// an EMR that is being restored must not empty the worklist. 100 always cancels.
    /// </summary>
    public int MissingLimit { get; init; } = 50;

    /// <summary>The form in which the EMR keeps <c>changed_at</c> as text, such as <c>yyyyMMddHHmmss</c>; empty is a date type.</summary>
    public string ChangedAtFormat { get; init; } = "";

    /// <summary>The form of <c>@from_date</c> and <c>@to_date</c> as text, such as <c>yyyyMMdd</c>; empty is a date type.</summary>
    public string DateFormat { get; init; } = "";

    /// <summary>How long connecting may take.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long the EMR may be silent within a query, in seconds.</summary>
    public int CommandTimeoutSeconds { get; init; } = 60;

    /// <summary>Orders written in one transaction; five times as many in the first sync.</summary>
    public int BatchRows { get; init; } = 2000;

    /// <summary>How long to wait for another process that syncs at this moment.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>For how long a process that died keeps others from syncing.</summary>
    public TimeSpan LeaseTime { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The station for orders of a modality that name none; null where nothing is set.</summary>
    public Func<string, string?>? StationAet { get; init; }

    /// <summary>True if there is an EMR to sync with.</summary>
    public bool IsConfigured => ConnectionString.Length > 0 && Orders.Length > 0;

    /// <summary>True if the EMR is told the status of exams.</summary>
    public bool TellsStatuses => ConnectionString.Length > 0 && StatusUpdate.Length > 0 && Statuses.Values.Any(static word => word.Length > 0);

    /// <summary>The EMR's word for a status, IN_PROGRESS or IN PROGRESS; null if it is not told.</summary>
    public string? WordFor(string status) =>
        Statuses.FirstOrDefault(pair => pair.Key.Equals(status.Replace(' ', '_'), StringComparison.OrdinalIgnoreCase)).Value is { Length: > 0 } word ? word : null;

    /// <summary>The mode that is used: as set, or as the query asks.</summary>
    public SyncMode EffectiveMode => Mode != SyncMode.Auto ? Mode
        : Uses("@since") ? SyncMode.ChangedAt
        : Uses("@key") ? SyncMode.Key
        : SyncMode.Window;

    private bool Uses(string parameter)
    {
        for (int at = Orders.IndexOf(parameter, StringComparison.OrdinalIgnoreCase); at >= 0;
            at = Orders.IndexOf(parameter, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            int end = at + parameter.Length;
            if (end == Orders.Length || !(char.IsLetterOrDigit(Orders[end]) || Orders[end] == '_')) return true;
        }
        return false;
    }
}
