using Gantry.EmrSync.Demo;
using Gantry.Worklist;

namespace Gantry.Sidecar.Cli;

/// <summary>What <c>--json</c> prints: one object, in which only what the command has is there. Names are kept stable.</summary>
internal sealed class CommandResult
{
    /// <summary>The command.</summary>
    public required string Command { get; init; }

    /// <summary>True if every step succeeded.</summary>
    public bool Success { get; set; }

    /// <summary>What was done, in order.</summary>
    public IReadOnlyList<StepResult> Steps { get; set; } = [];

    /// <summary>The hash of a password.</summary>
    public string? PasswordHash { get; set; }

    /// <summary>The backup that was made.</summary>
    public string? Backup { get; set; }

    /// <summary>What the worklist answered.</summary>
    public IReadOnlyList<ScheduledExam>? Items { get; set; }

    /// <summary>Exams performed by the emulated modality, or the test round.</summary>
    public IReadOnlyList<PerformedExam>? Exams { get; set; }

    /// <summary>Studies sent to the archive.</summary>
    public IReadOnlyList<SentStudy>? Studies { get; set; }

    /// <summary>Orders of the store, under the names of its columns.</summary>
    public IReadOnlyList<WorklistItem>? Orders { get; set; }

    /// <summary>True if the store has more orders after these.</summary>
    public bool? More { get; set; }

    /// <summary>Orders that cannot be served.</summary>
    public IReadOnlyList<SetAsideItem>? SetAside { get; set; }

    /// <summary>Exams for which no order was found.</summary>
    public IReadOnlyList<UnscheduledStep>? Unscheduled { get; set; }

    /// <summary>Rows of the EMR that will not work.</summary>
    public IReadOnlyList<EmrProblem>? Problems { get; set; }

    /// <summary>What was done to orders of the demo EMR.</summary>
    public IReadOnlyList<DemoChange>? Changes { get; set; }

    /// <summary>Orders in each status.</summary>
    public IReadOnlyDictionary<string, long>? Counts { get; set; }

    /// <summary>All orders.</summary>
    public long? Total { get; set; }

    /// <summary>What is wrong with an order to be added, by field.</summary>
    public IReadOnlyDictionary<string, string[]>? Errors { get; set; }
}

/// <summary>One step of a command.</summary>
/// <param name="Name">What was done.</param>
/// <param name="Outcome">ok, failed, skipped or stopped.</param>
/// <param name="Phase">Where it failed: resolve, connect, tls, associate, send, await reply, release, answer, store, settings,
/// options.</param>
/// <param name="Milliseconds">How long it took.</param>
/// <param name="Detail">What came of it, in words.</param>
internal sealed record StepResult(string Name, string Outcome, string? Phase, double Milliseconds, string? Detail);

/// <summary>An exam that was performed.</summary>
internal sealed record PerformedExam(
    string AccessionNumber, string Modality, string StudyInstanceUid, string MppsInstanceUid, string Status, int Images);

/// <summary>A study that was sent.</summary>
internal sealed record SentStudy(
    string Modality, string PatientId, string AccessionNumber, string StudyInstanceUid, int Images, long Bytes);

/// <summary>A performed step without an order.</summary>
internal sealed record UnscheduledStep(
    string SopInstanceUid, string Status, string? AccessionNumber, string? StudyInstanceUid, string? Modality,
    string? PatientId, string? PatientName, string? StartTime, string? EndTime, string? CallingAeTitle);
