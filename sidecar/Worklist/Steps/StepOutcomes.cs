namespace Gantry.Worklist;

/// <summary>What became of a step that was to be created.</summary>
public abstract record CreateStepOutcome
{
    private CreateStepOutcome() { }

    /// <summary>The step, its orders' status and the messages about it are on disk.</summary>
    /// <param name="Orders">Accession numbers of the orders found; empty when the exam is unscheduled.</param>
    public sealed record Created(IReadOnlyList<string> Orders) : CreateStepOutcome;

    /// <summary>There is a step with this SOP Instance UID; nothing was changed.</summary>
    /// <param name="Existing">That step, so that the caller can tell a repeated request from a clash.</param>
    public sealed record Duplicate(PerformedStep Existing) : CreateStepOutcome;
}

/// <summary>What a caller decides about a change (N-SET) when it has seen the step as it stands.</summary>
public abstract record StepChange
{
    private StepChange() { }

    /// <summary>The step becomes this.</summary>
    public sealed record Update : StepChange
    {
        /// <summary>Its status afterwards.</summary>
        public required StepStatus Status { get; init; }

        /// <summary>Its whole object afterwards.</summary>
        public required StepObject Dataset { get; init; }

        /// <summary>Performed end, yyyyMMddHHmmss, site time; null leaves it as it is.</summary>
        public string? EndTime { get; init; }

        /// <summary>Further warnings, added to those the step has.</summary>
        public IReadOnlyList<string> Warnings { get; init; } = [];
    }

    /// <summary>Nothing is changed.</summary>
    /// <param name="Reason">Why.</param>
    public sealed record Refuse(StepRefusal Reason) : StepChange;
}

/// <summary>What became of a step that was to be changed.</summary>
public abstract record ChangeStepOutcome
{
    private ChangeStepOutcome() { }

    /// <summary>The change is on disk.</summary>
    /// <param name="Step">The step as it stands now.</param>
    public sealed record Changed(PerformedStep Step) : ChangeStepOutcome;

    /// <summary>
    /// Nothing was changed: no such step (<see cref="StepRefusal.NotFound"/>), or the caller's or the rules' refusal.
    /// </summary>
    /// <param name="Reason">Why.</param>
    /// <param name="Step">The step as it stands, null if there is none.</param>
    public sealed record Refused(StepRefusal Reason, PerformedStep? Step) : ChangeStepOutcome;
}
