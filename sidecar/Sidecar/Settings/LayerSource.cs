namespace Gantry.Sidecar.Settings;

/// <summary>One layer of settings that knows where each of its values stands, for messages.</summary>
internal sealed class LayerSource(IReadOnlyList<LayerValue> values) : ConfigurationProvider, IConfigurationSource
{
    private readonly Dictionary<string, string> _origins = new(StringComparer.OrdinalIgnoreCase);

    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

    public override void Load()
    {
        foreach (var value in values)
        {
            Set(value.Key, value.Value);
            _origins[value.Key] = value.Origin;
        }
    }

    /// <summary>Where a key, or the nearest one above or below it, was given.</summary>
    public string? OriginOf(string key) =>
        _origins.TryGetValue(key, out var origin) ? origin
        : _origins.FirstOrDefault(pair => pair.Key.StartsWith(key + ":", StringComparison.OrdinalIgnoreCase)
            || key.StartsWith(pair.Key + ":", StringComparison.OrdinalIgnoreCase)).Value;
}

/// <summary>A value of a layer.</summary>
/// <param name="Key">The key, with colons.</param>
/// <param name="Value">The value as text.</param>
/// <param name="Origin">Where it stands, in words.</param>
internal readonly record struct LayerValue(string Key, string? Value, string Origin);
