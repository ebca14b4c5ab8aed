namespace Gantry.Sidecar.Settings;

/// <summary>
/// Turns names of environment variables into keys: the fixed names people already use, <c>MODALITY_AET_x</c>, and
/// <c>Section__Key</c> for everything else. A name followed by <c>_FILE</c> names a file that holds the value, for secrets.
/// </summary>
internal static class EnvironmentNames
{
    private const string ModalityPrefix = "MODALITY_AET_";
    private const string FileSuffix = "_FILE";

    private static readonly Dictionary<string, string> Fixed = new(StringComparer.OrdinalIgnoreCase)
    {
        ["WORKLIST_DB_PATH"] = "Worklist:DatabasePath",
        ["ORTHANC_URL"] = "Orthanc:Url",
        ["ORTHANC_USERNAME"] = "Orthanc:Username",
        ["ORTHANC_PASSWORD"] = "Orthanc:Password",
        ["EMR_DSN"] = "EmrSync:Dsn",
        ["EMR_SERVER"] = "EmrSync:Server",
        ["EMR_PORT"] = "EmrSync:Port",
        ["EMR_DATABASE"] = "EmrSync:Database",
        ["EMR_USER"] = "EmrSync:User",
        ["EMR_PASSWORD"] = "EmrSync:Password",
        ["AZURE_RELAY_NAMESPACE"] = "Relay:Namespace",
        ["AZURE_RELAY_HYBRID_CONNECTION"] = "Relay:HybridConnection",
        ["AZURE_RELAY_EVENTS_HYBRID_CONNECTION"] = "Relay:EventsHybridConnection",
        ["AZURE_RELAY_KEY_NAME"] = "Relay:KeyName",
        ["AZURE_RELAY_SHARED_ACCESS_KEY"] = "Relay:SharedAccessKey",
    };

    /// <summary>The key that a name sets; null where the variable is none of ours.</summary>
    public static string? KeyOf(string name)
    {
        if (Fixed.TryGetValue(name, out var key))
            return key;
        if (name.StartsWith(ModalityPrefix, StringComparison.OrdinalIgnoreCase) && name.Length > ModalityPrefix.Length)
            return $"ModalityAeTitles:{name[ModalityPrefix.Length..].ToUpperInvariant()}";
        return name.Contains("__", StringComparison.Ordinal) ? name.Replace("__", ":", StringComparison.Ordinal) : null;
    }

    /// <summary>The name of the variable that sets a key.</summary>
    public static string NameOf(string key) =>
        Fixed.FirstOrDefault(pair => pair.Value.Equals(key, StringComparison.OrdinalIgnoreCase)).Key ?? key.Replace(":", "__", StringComparison.Ordinal);

    /// <summary>The values that a set of variables gives, files behind <c>_FILE</c> read.</summary>
    /// <exception cref="SettingsException">A file behind <c>_FILE</c> cannot be read, or a value stands there twice.</exception>
    public static IReadOnlyList<LayerValue> Values(IEnumerable<(string Name, string Value, string Origin)> variables)
    {
        var values = new List<LayerValue>();
        var files = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value, origin) in variables)
        {
            if (value.Length == 0)
                continue; // compose files hand on variables that nobody set as empty ones
            // Other programs have variables of this form too, and their files are not ours to read
            if (name.EndsWith(FileSuffix, StringComparison.OrdinalIgnoreCase)
                && KeyOf(name[..^FileSuffix.Length]) is { } fileKey && UnknownSettings.IsOurs(fileKey))
            {
                values.Add(new(fileKey, SecretFile.Read(value, origin), $"the file that {origin} names"));
                files[fileKey] = origin;
            }
            else if (KeyOf(name) is { } key)
                values.Add(new(key, value, origin));
        }
        foreach (var value in values)
        {
            // Which of the two is meant, nobody can tell
            if (files.TryGetValue(value.Key, out var file) && !value.Origin.EndsWith($"{file} names", StringComparison.Ordinal))
                throw new SettingsException([new(value.Key, null, $"{value.Origin} and {file}", "it is set twice, as a value and as a file; take one of them away")]);
        }
        return values;
    }
}
