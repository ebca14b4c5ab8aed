using System.Collections;
using Gantry.Sidecar.Settings;
using Gantry.Worklist;

namespace Gantry.Sidecar.Backup;

/// <summary>Where the settings put the store.</summary>
internal static class StorePlace
{
    public static WorklistStoreOptions Of(SidecarSettings settings, string directory) => settings.Worklist.Postgres.Length > 0
        ? new() { Postgres = settings.Worklist.Postgres }
        : new() { SqlitePath = Path.GetFullPath(settings.Worklist.DatabasePath, directory) };

    /// <summary>The process's environment variables.</summary>
    public static IReadOnlyDictionary<string, string> Environment() => System.Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
        .ToDictionary(pair => (string)pair.Key, pair => (string?)pair.Value ?? "", StringComparer.Ordinal);
}
