namespace Gantry.Worklist;

/// <summary>Whom a message in the outbox is for.</summary>
public enum OutboxTarget
{
    /// <summary>The cloud service, through the relay. Stored as <c>cloud</c>.</summary>
    Cloud,

    /// <summary>The EMR. Stored as <c>emr</c>.</summary>
    Emr,
}

/// <summary>A message to be put into the outbox.</summary>
public sealed record NewOutboxEntry
{
    /// <summary>Whom it is for.</summary>
    public required OutboxTarget Target { get; init; }

    /// <summary>Names the event; a second message with the same key for the same target is not stored.</summary>
    public required string EventKey { get; init; }

    /// <summary>
    /// Messages with the same order key are delivered in the order in which they were written: the exam's accession number.
    /// </summary>
    public required string OrderKey { get; init; }

    /// <summary>What kind of message it is, for example <c>mpps.status_update</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Its content, JSON in UTF-8.</summary>
    public required ReadOnlyMemory<byte> Payload { get; init; }
}

/// <summary>A message in the outbox.</summary>
public sealed record OutboxEntry
{
    /// <summary>Its number, growing.</summary>
    public required long Id { get; init; }

    /// <inheritdoc cref="NewOutboxEntry.Target"/>
    public required OutboxTarget Target { get; init; }

    /// <inheritdoc cref="NewOutboxEntry.EventKey"/>
    public required string EventKey { get; init; }

    /// <inheritdoc cref="NewOutboxEntry.OrderKey"/>
    public required string OrderKey { get; init; }

    /// <inheritdoc cref="NewOutboxEntry.Kind"/>
    public required string Kind { get; init; }

    /// <inheritdoc cref="NewOutboxEntry.Payload"/>
    public required ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>How often delivery was begun.</summary>
    public required int Attempts { get; init; }

    /// <summary>When it was written, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Why it was given up, null otherwise.</summary>
    public string? ParkedReason { get; init; }

    /// <summary>Why it failed last, null if it never did.</summary>
    public string? LastError { get; init; }
}

/// <summary>How the outbox stands for one target.</summary>
/// <param name="Pending">Messages not delivered yet.</param>
/// <param name="Parked">Messages given up.</param>
/// <param name="OldestPending">When the oldest pending message was written, UTC.</param>
public sealed record OutboxStatistics(long Pending, long Parked, DateTimeOffset? OldestPending);
