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
        var files = new List<(string Path, string Name)>
        {
            (Named(SettingsLayers.OrthancJsonVariable, "orthanc.json"), "orthanc.json"),
            (Path.Combine(directory, "appsettings.json"), "appsettings.json"),
            (Named(SettingsLayers.EnvFileVariable, ".env"), ".env"),
        };
        var keys = Path.GetFullPath(settings.Accounts.KeyFolder, directory);
        if (Directory.Exists(keys))
            files.AddRange(Directory.EnumerateFiles(keys, "*.xml").Select(file => (file, $"accounts-keys/{Path.GetFileName(file)}")));
        return [.. files.Where(file => File.Exists(file.Path))];

        string Named(string variable, string usual) =>
            Path.GetFullPath(environment.GetValueOrDefault(variable) is { Length: > 0 } given ? given : usual, directory);
    }
}
