namespace Gantry.Sidecar.Archive.Check;

/// <summary>What real traffic has shown about the archive.</summary>
/// <param name="Status">passed, warning or failed: the worst of the steps.</param>
/// <param name="Url">Where its REST is.</param>
/// <param name="Dicom">Its DICOM side: AE title, host and port.</param>
/// <param name="Version">Orthanc's version; null if it did not tell.</param>
/// <param name="Counts">How much it holds; null if it did not tell.</param>
/// <param name="Steps">What was tried, in this order.</param>
/// <param name="Notes">What does not work here though nothing failed, with the way out.</param>
internal sealed record ArchiveReport(
    string Status, string Url, string Dicom, string? Version, ArchiveCounts? Counts, IReadOnlyList<ArchiveStep> Steps, IReadOnlyList<string> Notes)
{
    /// <summary>The step to look at first; null if all is well.</summary>
    public ArchiveStep? Worst() =>
        Steps.FirstOrDefault(step => step.Status == ArchiveStep.Failed) ?? Steps.FirstOrDefault(step => step.Status == ArchiveStep.Warning);
}

/// <summary>How much the archive holds.</summary>
internal sealed record ArchiveCounts(long Patients, long Studies, long Series, long Instances, long DiskSize);

/// <summary>One step of the test.</summary>
/// <param name="Name">resolve, connect, REST, version, index, DICOMweb, C-ECHO, storage.</param>
/// <param name="Status">passed, warning, failed or skipped.</param>
/// <param name="Milliseconds">How long it took.</param>
/// <param name="Phase">How far it came when it failed: resolve, connect, tls, associate, send, await reply, read, version, store.</param>
/// <param name="Detail">What was seen; for a failure, why, and the way out.</param>
internal sealed record ArchiveStep(string Name, string Status, double Milliseconds, string? Phase = null, string? Detail = null)
{
    public const string Passed = "passed";
    public const string Warning = "warning";
    public const string Failed = "failed";
    public const string Skipped = "skipped";
}
