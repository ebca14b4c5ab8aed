namespace Gantry.Worklist;

/// <summary>The two operations that change a performed procedure step, PS3.4 F.7.</summary>
public enum StepVerb
{
    /// <summary>N-CREATE.</summary>
    Create,

    /// <summary>N-SET.</summary>
    Set,
}

/// <summary>Why a request to create or change a step is refused; the DIMSE status beside each is what the SCP answers.</summary>
public enum StepRefusal
{
    /// <summary>0x0111: a step with this SOP Instance UID is there already.</summary>
    AlreadyExists,

    /// <summary>0x0112: there is no step with this SOP Instance UID.</summary>
    NotFound,

    /// <summary>0x0110 with Error ID 0xA710: the step is COMPLETED or DISCONTINUED and may no longer be updated.</summary>
    NoLongerUpdatable,

    /// <summary>0x0106: the status is a word that is not allowed here.</summary>
    InvalidStatus,

    /// <summary>0x0120: the status is missing.</summary>
    MissingStatus,

    /// <summary>0x0121: the status is there without a value.</summary>
    EmptyStatus,
}

/// <summary>The answer of <see cref="StepRules"/>: exactly one of the two is set.</summary>
/// <param name="Next">The status the step has afterwards, if the request is allowed.</param>
/// <param name="Refusal">Why not, otherwise.</param>
public readonly record struct StepVerdict(StepStatus? Next, StepRefusal? Refusal)
{
    /// <summary>The request is allowed and leads here.</summary>
    public static implicit operator StepVerdict(StepStatus next) => new(next, null);

    /// <summary>The request is refused.</summary>
    public static implicit operator StepVerdict(StepRefusal refusal) => new(null, refusal);
}

/// <summary>The states of a performed procedure step as one table: PS3.4 F.7.1 and F.7.2.</summary>
public static class StepRules
{
    /// <summary>What a request does to a step.</summary>
    /// <param name="verb">N-CREATE or N-SET.</param>
    /// <param name="current">The step's status, or null if there is no such step.</param>
    /// <param name="asked">What the request says about the status.</param>
    public static StepVerdict Apply(StepVerb verb, StepStatus? current, AskedStatus asked) => (verb, current, asked) switch
    {
        (StepVerb.Create, not null, _) => StepRefusal.AlreadyExists,
        (StepVerb.Create, null, AskedStatus.InProgress) => StepStatus.InProgress,
        (StepVerb.Create, null, AskedStatus.Absent) => StepRefusal.MissingStatus,
        (StepVerb.Create, null, AskedStatus.Empty) => StepRefusal.EmptyStatus,
        (StepVerb.Create, null, _) => StepRefusal.InvalidStatus,

        (StepVerb.Set, null, _) => StepRefusal.NotFound,
        (StepVerb.Set, StepStatus.Completed or StepStatus.Discontinued, _) => StepRefusal.NoLongerUpdatable,
        (StepVerb.Set, StepStatus.InProgress, AskedStatus.Absent or AskedStatus.InProgress) => StepStatus.InProgress,
        (StepVerb.Set, StepStatus.InProgress, AskedStatus.Completed) => StepStatus.Completed,
        (StepVerb.Set, StepStatus.InProgress, AskedStatus.Discontinued) => StepStatus.Discontinued,
        (StepVerb.Set, StepStatus.InProgress, AskedStatus.Empty) => StepRefusal.EmptyStatus,
        (StepVerb.Set, StepStatus.InProgress, AskedStatus.Unknown) => StepRefusal.InvalidStatus,

        _ => throw new ArgumentOutOfRangeException(nameof(verb), verb, "Only Create and Set change a step."),
    };
}
