using Gantry.Sidecar.Settings;

namespace Gantry.Sidecar.Backup;

/// <summary>
/// The files that the settings came from, and the keys of signed-in people's cookies. Files behind <c>_FILE</c> and certificates are not
/// among them: whoever keeps secrets and keys keeps copies of them too.
/// </summary>
internal static class ConfigurationFiles
{
    /// <summary>Each file with its name in a backup.</summary>
    /// <param name="settings">What was set.</param>
    /// <param name="directory">The working directory.</param>
    /// <param name="environment">Environment variables.</param>
    public static IReadOnlyList<(string Path, string Name)> Find(SidecarSettings settings, string directory, IReadOnlyDictionary<string, string> environment)
    {
        var keys = Path.GetFullPath(settings.Accounts.KeyFolder, directory);
        return
        [
            .. SettingsLayers.Files(directory, environment),
            .. Directory.Exists(keys) ? Directory.EnumerateFiles(keys, "*.xml").Select(file => (file, $"accounts-keys/{Path.GetFileName(file)}")) : [],
        ];
    }
}
