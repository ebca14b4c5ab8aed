namespace Gantry.Worklist;

/// <summary>
/// Where the store is and how it behaves. Set exactly one of <see cref="SqlitePath"/> and <see cref="Postgres"/>.
/// </summary>
public sealed record WorklistStoreOptions
{
    /// <summary>Path of the SQLite file; it and its folder are made when missing.</summary>
    public string? SqlitePath { get; init; }

    /// <summary>Connection string of a PostgreSQL database (Npgsql's words), for several sidecars sharing one store.</summary>
    public string? Postgres { get; init; }

    /// <summary>How long a write waits while another program holds the database; 5 seconds by default.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How many unused read connections are kept open; 8 by default.</summary>
    public int MaximumIdleReaders { get; init; } = 8;

    /// <summary>Largest size of the SQLite file in pages of 4096 bytes; null for no limit but the disk.</summary>
    public int? MaximumPages { get; init; }

    /// <summary>
    /// For whom a change of an exam is written into the outbox; both by default. Where nobody delivers, nothing is to pile up.
    /// </summary>
    public IReadOnlySet<OutboxTarget> StatusTargets { get; init; } = new HashSet<OutboxTarget> { OutboxTarget.Cloud, OutboxTarget.Emr };

    /// <summary>
    /// On PostgreSQL: raise <see cref="IOutboxDelivery.OutboxWritten"/> too when another process has written something. For hosts that
    /// deliver; false by default.
    /// </summary>
    public bool HearsOthers { get; init; }
}
