using System.ComponentModel.DataAnnotations;
using Gantry.EmrSync;
using Gantry.EmrSync.Names;

namespace Gantry.Sidecar.Settings;

/// <summary>Section <c>EmrSync</c>: the EMR whose orders come into the worklist.</summary>
internal sealed class EmrSyncSection : IValidatableObject
{
    /// <summary>How names of patients are written, also for peers that take only Latin letters, whoever wrote the order.</summary>
    public NameOptions Names { get; init; } = new();

    /// <summary>A whole ODBC connection string, which wins over server and the rest; <c>EMR_DSN</c>.</summary>
    [Secret]
    public string Dsn { get; init; } = "";

    /// <summary>A SQL Server's name or address; <c>EMR_SERVER</c>. Empty, and no connection string: there is no EMR.</summary>
    public string Server { get; init; } = "";

    /// <summary>Its port; <c>EMR_PORT</c>.</summary>
    [Range(1, 65535)]
    public int Port { get; init; } = 1433;

    /// <summary>The database; <c>EMR_DATABASE</c>.</summary>
    public string Database { get; init; } = "";

    /// <summary>User name; <c>EMR_USER</c>.</summary>
    public string User { get; init; } = "";

    /// <summary>Password; <c>EMR_PASSWORD</c>.</summary>
    [Secret]
    public string Password { get; init; } = "";

    /// <summary>The ODBC driver: its name in odbcinst.ini, or the path of its library.</summary>
    [Required]
    public string Driver { get; init; } = "FreeTDS";

    /// <summary>An EMR that is described already; what is set beside it wins.</summary>
    public string Preset { get; init; } = "";

    /// <summary>The query for orders.</summary>
    public string Orders { get; init; } = "";

    /// <summary>The statement that tells the EMR the status of an exam.</summary>
    public string StatusUpdate { get; init; } = "";

    /// <summary>The EMR's words for IN_PROGRESS, COMPLETED and DISCONTINUED.</summary>
    public IReadOnlyDictionary<string, string> Statuses { get; init; } = new Dictionary<string, string>();

    /// <summary>When to sync: a duration, or a Quartz cron expression.</summary>
    [Required]
    public string Schedule { get; init; } = "00:05:00";

    /// <summary>A query of a modality syncs first, where the worklist is older than <see cref="QueryMinimumAge"/>.</summary>
    public bool OnQuery { get; init; } = true;

    /// <summary>How long a query waits for that at most; then it is answered from what is there.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:00:10")]
    public TimeSpan QueryBudget { get; init; } = TimeSpan.FromSeconds(1.5);

    /// <summary>A sync that began less than this ago is new enough for a query.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan QueryMinimumAge { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>For how long queries do not wait for an EMR that failed or was too slow; longer each time, up to ten times this.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan QueryBreak { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How new orders are told from old ones.</summary>
    public SyncMode Mode { get; init; }

    /// <summary>Days before today that are looked at.</summary>
    [Range(0, 3660)]
    public int PastDays { get; init; } = 1;

    /// <summary>Days after today that are looked at.</summary>
    [Range(0, 3660)]
    public int FutureDays { get; init; } = 30;

    /// <summary>How far <c>@since</c> lies before the newest change seen.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan Overlap { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How far <c>@key</c> lies below the highest key seen.</summary>
    [Range(0, int.MaxValue)]
    public int KeyOverlap { get; init; } = 1000;

    /// <summary>How often everything is compared though <c>@since</c> or <c>@key</c> is asked for.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "7.00:00:00")]
    public TimeSpan CompareInterval { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>The share of orders, in percent, that may be gone at once.</summary>
    [Range(0, 100)]
    public int MissingLimit { get; init; } = 50;

    /// <summary>The form of <c>changed_at</c> where it is text.</summary>
    public string ChangedAtFormat { get; init; } = "";

    /// <summary>The form of <c>@from_date</c> and <c>@to_date</c> where they are to be text.</summary>
    public string DateFormat { get; init; } = "";

    /// <summary>How long connecting may take.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long the EMR may be silent within a query.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan CommandTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>True if there is an EMR.</summary>
    public bool IsConfigured() => Dsn.Length > 0 || Server.Length > 0;

    /// <summary>True if the EMR is told the status of exams.</summary>
    public bool TellsStatuses() => ToOptions(static _ => null).TellsStatuses;

    /// <summary>What the sync works with.</summary>
    /// <param name="stationAet">The station for a modality.</param>
    public EmrSyncOptions ToOptions(Func<string, string?> stationAet)
    {
        var preset = EmrPreset.All.GetValueOrDefault(Preset);
        return new()
        {
            ConnectionString = Dsn.Length > 0 ? Dsn
                : Server.Length > 0 ? EmrConnectionString.ForSqlServer(Driver, Server, Port, Database, User, Password) : "",
            Orders = Orders.Length > 0 ? Orders : preset?.Orders ?? "",
            StatusUpdate = StatusUpdate.Length > 0 ? StatusUpdate : preset?.StatusUpdate ?? "",
            Statuses = Statuses.Count > 0 ? Statuses : preset?.Statuses ?? Statuses,
            Schedule = Schedule,
            Mode = Mode,
            PastDays = PastDays,
            FutureDays = FutureDays,
            Overlap = Overlap,
            KeyOverlap = KeyOverlap,
            CompareInterval = CompareInterval,
            MissingLimit = MissingLimit,
            ChangedAtFormat = ChangedAtFormat,
            DateFormat = DateFormat.Length > 0 || Orders.Length > 0 ? DateFormat : preset?.DateFormat ?? "",
            ConnectTimeout = ConnectTimeout,
            CommandTimeoutSeconds = (int)CommandTimeout.TotalSeconds,
            StationAet = stationAet,
        };
    }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Preset.Length > 0 && !EmrPreset.All.ContainsKey(Preset))
            yield return new($"one of {string.Join(", ", EmrPreset.All.Keys)} is wanted, or nothing", [nameof(Preset)]);
        if (IsConfigured() && Preset.Length == 0 && Orders.Length == 0)
            yield return new("the query for orders is needed: set EmrSync:Orders, or EmrSync:Preset", [nameof(Orders)]);
        if (!SyncTimes.TryParse(Schedule, out _))
        {
            yield return new(
                "a duration from 00:00:05 to 7.00:00:00 is wanted, or a Quartz cron expression with seconds first, such as 0 0/5 7-19 ? * MON-FRI",
                [nameof(Schedule)]);
        }
        string[] statuses = ["IN_PROGRESS", "COMPLETED", "DISCONTINUED"];
        foreach (var status in Statuses.Keys.Where(status => !statuses.Contains(status, StringComparer.OrdinalIgnoreCase)))
            yield return new($"IN_PROGRESS, COMPLETED and DISCONTINUED are the statuses; {status} is none", [nameof(Statuses)]);
        var told = ToOptions(static _ => null);
        if (told.WordFor("DISCONTINUED") is { } word && word.Equals(told.WordFor("COMPLETED"), StringComparison.OrdinalIgnoreCase))
            yield return new($"DISCONTINUED has the same word as COMPLETED ({word}): a discontinued exam must not be told as done. Give it another, or none", [nameof(Statuses)]);
        if (StatusUpdate.Length == 0)
            yield break;
        // Without one of them it would change every order of the EMR
        if (!StatusUpdate.Contains("@order_key", StringComparison.OrdinalIgnoreCase) && !StatusUpdate.Contains("@accession_number", StringComparison.OrdinalIgnoreCase))
            yield return new("the statement must say which order is meant, by @order_key or @accession_number", [nameof(StatusUpdate)]);
        if (!told.Statuses.Values.Any(static one => one.Length > 0))
            yield return new("the EMR's words are needed beside EmrSync:StatusUpdate: set EmrSync:Statuses:IN_PROGRESS and EmrSync:Statuses:COMPLETED", [nameof(Statuses)]);
    }
}
