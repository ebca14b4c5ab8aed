using System.Reflection;

namespace Gantry.Sidecar.Settings;

/// <summary>A setting that somebody wrote and nothing reads.</summary>
/// <param name="Key">The key, with colons.</param>
/// <param name="Origin">Where it stands, in words.</param>
/// <param name="Nearest">The known key that looks most like it; null where none does.</param>
internal sealed record UnknownSetting(string Key, string Origin, string? Nearest);

/// <summary>
/// Finds misspelt keys. Only within our own sections, and sections whose names are almost ours: the environment is full of the
/// variables of other programs.
/// </summary>
internal static class UnknownSettings
{
    private static readonly string[] Sections = Names(typeof(SidecarSettings));

    /// <summary>True if a key stands in a section of ours.</summary>
    public static bool IsOurs(string key) => Sections.Contains(key.Split(':')[0], StringComparer.OrdinalIgnoreCase);

    /// <summary>The keys of all layers that nothing reads.</summary>
    public static IReadOnlyList<UnknownSetting> Find(IConfigurationRoot layers) =>
    [
        .. layers.Providers.SelectMany(provider => Leaves(provider, null).Select(key => (provider, key)))
            .Select(found => (found.provider, found.key, wrong: Wrong(found.key)))
            .Where(found => found.wrong is not null)
            .Select(found => new UnknownSetting(
                found.key, SettingsBinder.OriginIn(found.provider, found.key) ?? "settings", found.wrong!.Nearest))
            .DistinctBy(unknown => unknown.Key, StringComparer.OrdinalIgnoreCase),
    ];

    private static IEnumerable<string> Leaves(IConfigurationProvider provider, string? parent)
    {
        foreach (var name in provider.GetChildKeys([], parent).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            var key = parent is null ? name : $"{parent}:{name}";
            var isLeaf = true;
            foreach (var leaf in Leaves(provider, key))
            {
                isLeaf = false;
                yield return leaf;
            }
            if (isLeaf)
                yield return key;
        }
    }

    /// <summary>Null for a key that is known or none of ours, else what it may have been meant to be.</summary>
    private static Guess? Wrong(string key)
    {
        string[] parts = key.Split(':');
        if (!IsOurs(key))
            return parts.Length > 1 && Nearest(parts[0], Sections) is { } section ? new Guess($"{section}:{string.Join(':', parts[1..])}") : null;
        var type = typeof(SidecarSettings);
        for (var i = 0; i < parts.Length; i++)
        {
            if (type == typeof(IReadOnlyDictionary<string, string>))
                return null; // any name
            if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
            {
                type = type.GetGenericArguments()[0]; // this part is the place in the list
                continue;
            }
            if (type.GetProperties().FirstOrDefault(p => p.CanWrite && p.Name.Equals(parts[i], StringComparison.OrdinalIgnoreCase)) is not { } property)
                return new Guess(Nearest(parts[i], Names(type)) is { } name ? string.Join(':', [.. parts[..i], name]) : null);
            type = property.PropertyType;
        }
        return null;
    }

    private sealed record Guess(string? Nearest);

    private static string[] Names(Type type) => type == typeof(string) || type.IsValueType ? []
        : [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite).Select(p => p.Name)];

    private static string? Nearest(string written, IEnumerable<string> known)
    {
        var best = known.Select(name => (name, distance: Distance(written.ToUpperInvariant(), name.ToUpperInvariant())))
            .OrderBy(pair => pair.distance).FirstOrDefault();
        return best.name is not null && best.distance <= (best.name.Length < 4 ? 1 : Math.Max(2, best.name.Length / 3)) ? best.name : null;
    }

    /// <summary>How many letters must be put in, taken out or changed to make one word the other (Levenshtein).</summary>
    private static int Distance(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var changed = diagonal + (one[i - 1] == other[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(changed, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[^1];
    }
}
