using System.ComponentModel.DataAnnotations;
using Gantry.Worklist;

namespace Gantry.Sidecar.Settings;

/// <summary>Everything that can be set; each property is a section of the same name.</summary>
internal sealed class SidecarSettings : IValidatableObject
{
    /// <summary>The listeners for worklist and MPPS.</summary>
    public DicomOptions Dicom { get; init; } = new();

    /// <summary>What single peers get, besides what all get.</summary>
    public IReadOnlyList<PeerOptions> Peers { get; init; } = [];

    /// <summary>Where the worklist is kept.</summary>
    public WorklistOptions Worklist { get; init; } = new();

    /// <summary>The admin page, REST, health and metrics.</summary>
    public WebOptions Web { get; init; } = new();

    /// <summary>The place we run at.</summary>
    public SiteOptions Site { get; init; } = new();

    /// <summary>Orthanc beside us.</summary>
    public OrthancOptions Orthanc { get; init; } = new();

    /// <summary>How Orthanc's changes are read.</summary>
    public ChangeFeedOptions ChangeFeed { get; init; } = new();

    /// <summary>The way to the cloud.</summary>
    public RelayOptions Relay { get; init; } = new();

    /// <summary>How messages go to the cloud.</summary>
    public ForwardingOptions Forwarding { get; init; } = new();

    /// <summary>Who may see the viewer, the pages and the REST API.</summary>
    public AccountsOptions Accounts { get; init; } = new();

    /// <summary>The viewer for radiologists.</summary>
    public ViewerOptions Viewer { get; init; } = new();

    /// <summary>How orders come from the hospital's EMR.</summary>
    public EmrSyncSection EmrSync { get; init; } = new();

    /// <summary>The copy that is made every day.</summary>
    public BackupOptions Backup { get; init; } = new();

    /// <summary>Who saw or changed what.</summary>
    public AuditOptions Audit { get; init; } = new();

    /// <summary>What is deleted when it is old.</summary>
    public RetentionOptions Retention { get; init; } = new();

    /// <summary>How the status of exams goes back to the EMR.</summary>
    public WriteBackOptions EmrWriteBack { get; init; } = new();

    /// <summary>Trying Gantry out.</summary>
    public DemoOptions Demo { get; init; } = new();

    /// <summary>Scheduled station AE title per modality, for orders that name none: <c>MODALITY_AET_US=XC70</c>.</summary>
    [AeTitle]
    public IReadOnlyDictionary<string, string> ModalityAeTitles { get; init; } = new Dictionary<string, string>();

    /// <summary>The station for orders of a modality that name none; null where the settings do not say.</summary>
    public string? StationAetFor(string modality) => ModalityAeTitles.GetValueOrDefault(modality);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Retention.IsOn() && Backup.Folder.Length == 0 && !Retention.WithoutBackup)
        {
            yield return new("old orders are to be deleted, but no backup is made before; set Backup:Folder, or Retention:WithoutBackup to true",
                [nameof(Retention)]);
        }
        // The EMR would bring them back, as orders still to be done
        foreach (var (name, days) in new[] { (nameof(RetentionOptions.FinishedDays), Retention.FinishedDays), (nameof(RetentionOptions.MissedDays), Retention.MissedDays) })
        {
            if (EmrSync.IsConfigured() && days > 0 && days <= EmrSync.PastDays)
                yield return new($"more days than EmrSync:PastDays ({EmrSync.PastDays}) are wanted, or the EMR brings the orders back", [$"{nameof(Retention)}:{name}"]);
        }
    }
}

/// <summary>Section <c>Worklist</c>.</summary>
internal sealed class WorklistOptions
{
    /// <summary>The SQLite file, made at the first start; <c>WORKLIST_DB_PATH</c>.</summary>
    [Required]
    public string DatabasePath { get; init; } = "worklist.db";

    /// <summary>A connection string of PostgreSQL, which several sidecars may share; empty is SQLite.</summary>
    [Secret]
    public string Postgres { get; init; } = "";

    /// <summary>As the library takes it.</summary>
    /// <param name="directory">What a relative file is relative to.</param>
    public WorklistStoreOptions ToStore(string directory) => Postgres.Length > 0
        ? new() { Postgres = Postgres } : new() { SqlitePath = Path.GetFullPath(DatabasePath, directory) };
}

/// <summary>Section <c>Web</c>. On loopback unless told otherwise; section Accounts adds a sign-in.</summary>
internal sealed class WebOptions
{
    /// <summary>The port.</summary>
    [Port]
    public int Port { get; init; } = 8043;

    /// <summary>Addresses to listen on; empty is 127.0.0.1, or 0.0.0.0 inside a container, where the container's port rules.</summary>
    [IpAddress]
    public IReadOnlyList<string> BindAddresses { get; init; } = [];

    /// <summary>Host names that a browser may use for us, against DNS rebinding; empty is localhost on loopback, else any.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>HTTPS, for the pages and the viewer.</summary>
    public WebTlsOptions Tls { get; init; } = new();

    /// <summary>Proxies before us whose word about a browser's address, host and scheme is believed (X-Forwarded-For, -Host, -Proto).</summary>
    [IpNetwork]
    public IReadOnlyList<string> TrustedProxies { get; init; } = [];

    /// <summary>Requests that one account, or one address where nobody is signed in, may send to pages and REST in a minute; 0 is no limit.</summary>
    [Range(0, 10_000_000)]
    public int RequestsPerMinute { get; init; } = 6000;

    /// <summary>How long a result of <c>/health</c> is repeated before its checks run again.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan HealthCacheTime { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often the checks run though nobody asks, so that the log tells of trouble.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "1.00:00:00")]
    public TimeSpan HealthInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long one check of <c>/health</c> may take.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan HealthTimeout { get; init; } = TimeSpan.FromSeconds(5);
}

/// <summary>Section <c>Site</c>.</summary>
internal sealed class SiteOptions
{
    /// <summary>The time zone of worklist dates and times; empty is the machine's.</summary>
    [TimeZoneName]
    public string TimeZone { get; init; } = "";
}

/// <summary>Section <c>Orthanc</c>: the archive beside us.</summary>
internal sealed class OrthancOptions
{
    /// <summary>False where this gateway has no archive: it is neither checked nor asked.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>REST; <c>ORTHANC_URL</c>.</summary>
    [Required, HttpUrl]
    public string Url { get; init; } = "http://localhost:8042";

    /// <summary>User name; <c>ORTHANC_USERNAME</c>.</summary>
    public string Username { get; init; } = "";

    /// <summary>Password; <c>ORTHANC_PASSWORD</c>.</summary>
    [Secret]
    public string Password { get; init; } = "";

    /// <summary>Where images belong; orthanc.json's <c>DicomPort</c>.</summary>
    [Port]
    public int DicomPort { get; init; } = 4242;

    /// <summary>Its folder of images, whose disk is watched where Orthanc is on this machine; orthanc.json's <c>StorageDirectory</c>.</summary>
    public string StoragePath { get; init; } = "";

    /// <summary>The archive's AE title; orthanc.json's <c>DicomAet</c>.</summary>
    [Required, AeTitle]
    public string AeTitle { get; init; } = "ORTHANC";
}

/// <summary>Section <c>Demo</c>.</summary>
internal sealed class DemoOptions
{
    /// <summary>An empty store gets a few orders for today, and the DICOM ports bind to loopback. Never in production.</summary>
    public bool Enabled { get; init; }

    /// <summary>In demo mode an emulated modality performs every order that the cloud sends.</summary>
    public bool AutomaticModality { get; init; } = true;

    /// <summary>How long the emulated modality takes between the start of an exam and its images, so that one can watch.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan ExamDelay { get; init; } = TimeSpan.FromSeconds(3);
}
