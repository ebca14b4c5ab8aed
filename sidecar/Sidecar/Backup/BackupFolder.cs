using System.Globalization;

namespace Gantry.Sidecar.Backup;

/// <summary>The folder of the daily backups.</summary>
internal static class BackupFolder
{
    private const string Pattern = "gantry-*.tar.gz";

    /// <summary>When the newest backup in a folder was made, by its name; null if there is none.</summary>
    public static DateTimeOffset? Newest(string folder) => Files(folder).Select(MadeAt).LastOrDefault(made => made is not null);

    /// <summary>Deletes the oldest backups; tells how many.</summary>
    /// <exception cref="IOException">One cannot be deleted.</exception>
    /// <exception cref="UnauthorizedAccessException">One may not be deleted.</exception>
    public static int Prune(string folder, int keep)
    {
        var old = Files(folder).Where(file => MadeAt(file) is not null).SkipLast(keep).ToList();
        old.ForEach(File.Delete);
        return old.Count;
    }

    private static IEnumerable<string> Files(string folder) =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder, Pattern).Order(StringComparer.Ordinal) : [];

    /// <summary>Null for a file with a name of its own, which somebody else put there.</summary>
    private static DateTimeOffset? MadeAt(string file) => DateTimeOffset.TryParseExact(
        Path.GetFileName(file), "'gantry-'yyyyMMdd'T'HHmmss'Z.tar.gz'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var made) ? made : null;
}
