namespace Gantry.Sidecar.Archive.Check;

/// <summary>
/// The room on the archive's disk, where the archive is on this machine and its folder is known: the only way to see a full disk
/// before a modality does.
/// </summary>
/// <param name="Free">Bytes that are free.</param>
/// <param name="Size">Bytes of the whole disk.</param>
internal readonly record struct DiskSpace(long Free, long Size)
{
    // One multi-frame image may be as large as this
    private const long TooLittle = 1L << 30;

    /// <summary>The disk of a folder; null if the folder is not here, as with an archive in a container.</summary>
    public static DiskSpace? Of(string folder)
    {
        try
        {
            return folder.Length > 0 && Directory.Exists(folder) && new DriveInfo(folder) is { IsReady: true } drive
                ? new(drive.AvailableFreeSpace, drive.TotalSize) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>How storing stands by the room there is; null if all is well.</summary>
    public ArchiveStep? Step() => Free >= TooLittle && Free >= Size / 50 ? null : new(
        "storage", Free < TooLittle / 10 ? ArchiveStep.Failed : ArchiveStep.Warning, 0, "store",
        FormattableString.Invariant(
            $"{Free / 1e9:0.00} GB of {Size / 1e9:0.0} GB are free on the archive's disk: make room (delete or move studies, enlarge the disk) before it refuses images."));
}
