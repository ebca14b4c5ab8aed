namespace Gantry.Sidecar.Settings;

/// <summary>One setting that cannot work, told so that it can be mended without reading code.</summary>
/// <param name="Key">The key, as in appsettings.json with colons: <c>Dicom:Ports:0</c>.</param>
/// <param name="Value">What was given; null where nothing was given, or where it is a secret.</param>
/// <param name="Origin">Where it was given: a file and key, or the name of an environment variable; null for a default.</param>
/// <param name="Allowed">What would work, as the end of a sentence.</param>
internal sealed record SettingsProblem(string Key, string? Value, string? Origin, string Allowed)
{
    public override string ToString() =>
        $"{Key} {(Value is null ? "cannot work" : $"is '{Value}'")}{(Origin is null ? "" : $" ({Origin})")}: {Allowed}.";
}

/// <summary>The settings cannot work; the host does not start.</summary>
internal sealed class SettingsException(IReadOnlyList<SettingsProblem> problems)
    : Exception(string.Join(Environment.NewLine, problems))
{
    public IReadOnlyList<SettingsProblem> Problems { get; } = problems;
}
