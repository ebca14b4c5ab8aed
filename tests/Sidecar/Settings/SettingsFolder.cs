using Gantry.Sidecar.Settings;

namespace Gantry.Sidecar.Tests.Settings;

/// <summary>A working directory of its own, with files to read settings from.</summary>
internal sealed class SettingsFolder : IDisposable
{
    private readonly Dictionary<string, string> _environment = new(StringComparer.Ordinal);

    public string Path { get; } = Directory.CreateTempSubdirectory("gantry-settings-").FullName;

    public SettingsFolder With(string file, string text)
    {
        File.WriteAllText(System.IO.Path.Combine(Path, file), text);
        return this;
    }

    public SettingsFolder WithVariable(string name, string value)
    {
        _environment[name] = value;
        return this;
    }

    public SidecarSettings Read(params string[] arguments) =>
        SettingsBinder.Bind(SettingsLayers.Build(arguments, Path, _environment));

    /// <summary>The sentences with which reading ends.</summary>
    public IReadOnlyList<string> Problems(params string[] arguments) =>
        [.. Assert.Throws<SettingsException>(() => Read(arguments)).Problems.Select(problem => problem.ToString())];

    /// <summary>What was set and nothing reads, with the key that may have been meant.</summary>
    public IReadOnlyList<string> Unknown(params string[] arguments) =>
        [.. UnknownSettings.Find(SettingsLayers.Build(arguments, Path, _environment)).Select(unknown => $"{unknown.Key} -> {unknown.Nearest}")];

    /// <summary>What is set to something that everybody knows.</summary>
    public IReadOnlyList<SettingsProblem> KnownPasswords()
    {
        var layers = SettingsLayers.Build([], Path, _environment);
        return Gantry.Sidecar.Settings.KnownPasswords.Find(SettingsBinder.Bind(layers), layers);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
