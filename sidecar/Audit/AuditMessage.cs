namespace Gantry.Audit;

/// <summary>What was done to something (EventActionCode).</summary>
public enum AuditAction
{
    /// <summary>C</summary>
    Create,

    /// <summary>R</summary>
    Read,

    /// <summary>U</summary>
    Update,

    /// <summary>D</summary>
    Delete,

    /// <summary>E</summary>
    Execute,
}

/// <summary>What came of it (EventOutcomeIndicator).</summary>
public enum AuditOutcome
{
    /// <summary>It was done.</summary>
    Success = 0,

    /// <summary>It was refused or failed, and could be tried again.</summary>
    MinorFailure = 4,

    /// <summary>It failed for good.</summary>
    SeriousFailure = 8,

    /// <summary>What did it cannot go on.</summary>
    MajorFailure = 12,
}

/// <summary>One message of the audit trail (PS3.15 A.5). Made by <see cref="AuditEvents"/>, written by <see cref="AuditXml"/>.</summary>
public sealed record AuditMessage
{
    /// <summary>What happened; CID 400.</summary>
    public required AuditCode Event { get; init; }

    /// <summary>Which kind of it; CID 401. Null where there is none.</summary>
    public AuditCode? Type { get; init; }

    /// <summary>What was done.</summary>
    public required AuditAction Action { get; init; }

    /// <summary>When (UTC).</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What came of it.</summary>
    public AuditOutcome Outcome { get; init; }

    /// <summary>Why, in words; null for nothing to be said.</summary>
    public string? Reason { get; init; }

    /// <summary>Who took part.</summary>
    public required IReadOnlyList<AuditParticipant> Participants { get; init; }

    /// <summary>To whom or what it was done.</summary>
    public IReadOnlyList<AuditObject> Objects { get; init; } = [];
}

/// <summary>Somebody, or a program, that took part.</summary>
/// <param name="UserId">Who: a name, an AE title, an address.</param>
/// <param name="IsRequestor">True for the one who began it.</param>
/// <param name="Role">As what; CID 402. Null where the event needs none.</param>
public sealed record AuditParticipant(string UserId, bool IsRequestor, AuditCode? Role = null)
{
    /// <summary>Another name for it, such as AETITLES=GANTRY, or a process number.</summary>
    public string? AlternativeId { get; init; }

    /// <summary>Where it is: an IP address or a host name.</summary>
    public string? Address { get; init; }
}

/// <summary>What an object is (ParticipantObjectTypeCode).</summary>
public enum AuditObjectType
{
    /// <summary>A person.</summary>
    Person = 1,

    /// <summary>A thing of a computer: a study, a file, a list.</summary>
    System = 2,
}

/// <summary>To whom or what something was done.</summary>
/// <param name="Id">Its id.</param>
/// <param name="IdType">What kind of id; CID 404 or RFC 3881.</param>
/// <param name="Type">What it is.</param>
/// <param name="Role">As what (RFC 3881 5.5.2): 1 patient, 3 report, 13 security resource, 17 data repository, 20 job.</param>
public sealed record AuditObject(string Id, AuditCode IdType, AuditObjectType Type, int Role)
{
    /// <summary>A patient's name; null leaves it out.</summary>
    public string? Name { get; init; }

    /// <summary>The query, as it was sent; null where it is none.</summary>
    public ReadOnlyMemory<byte>? Query { get; init; }

    /// <summary>More about it, by name.</summary>
    public IReadOnlyList<(string Type, string Value)> Details { get; init; } = [];

    /// <summary>The MPPS step that it is about; null for none.</summary>
    public string? MppsUid { get; init; }

    /// <summary>The accession number that it is about; null for none.</summary>
    public string? AccessionNumber { get; init; }
}

/// <summary>Where messages come from (AuditSourceIdentification).</summary>
/// <param name="Id">This program's name at the site, for example its host's.</param>
/// <param name="SiteId">The site; null where there is but one.</param>
public sealed record AuditSource(string Id, string? SiteId = null);
