namespace Gantry.EndToEnd.Tests.Killed;

/// <summary>What is to happen to an appointment.</summary>
/// <param name="Appointment">Its id.</param>
/// <param name="Discontinued">Whether the exam is given up after an image.</param>
/// <param name="Start">When it is sent.</param>
/// <param name="Examination">Time between start and images.</param>
internal sealed record ExamPlan(string Appointment, bool Discontinued, TimeSpan Start, TimeSpan Examination)
{
    public string State => Discontinued ? "cancelled" : "complete";

    /// <summary>The same without a pause.</summary>
    public ExamPlan AtOnce => this with { Start = TimeSpan.FromMilliseconds(1), Examination = TimeSpan.FromMilliseconds(1) };
}

/// <summary>What has happened, as the modality was told.</summary>
internal sealed record PerformedExam(ExamPlan Plan, string Accession, IReadOnlyList<string> Images);
