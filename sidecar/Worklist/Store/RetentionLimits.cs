namespace Gantry.Worklist;

/// <summary>What may be deleted because it is old. Orders whose exam is under way, or of which somebody is still to be told, never are.</summary>
/// <param name="FinishedBefore">Completed and discontinued orders, and exams, that were scheduled and changed last before this day; null keeps them.</param>
/// <param name="MissedBefore">Orders for which nobody came: still scheduled, for a day before this one, and not changed since; null keeps them.</param>
public sealed record RetentionLimits(DateOnly? FinishedBefore, DateOnly? MissedBefore);

/// <summary>What was deleted.</summary>
/// <param name="Orders">Orders.</param>
/// <param name="Steps">Performed steps none of whose orders is left.</param>
public readonly record struct RetentionOutcome(int Orders, int Steps)
{
    /// <summary>Both together.</summary>
    public int Total => Orders + Steps;
}
