using System.Globalization;

namespace Orthanc.Net;

/// <summary>
/// Builds paths below Orthanc's address. No id or name can lead somewhere else: Orthanc takes an escaped slash for a real one
/// ('studies/..%2Fsystem' is answered like 'system'), so slashes are refused.
/// </summary>
internal static class OrthancPath
{
    /// <summary>Joins parts with slashes.</summary>
    /// <exception cref="ArgumentException">A part is empty, has a slash, or is one of the dots that change the folder.</exception>
    public static string Of(params ReadOnlySpan<string> parts)
    {
        var escaped = new string[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (parts[i] is null or "" or "." or ".." || parts[i].AsSpan().ContainsAny('/', '\\'))
                throw new ArgumentException($"'{parts[i]}' is no id or name in Orthanc.", nameof(parts));
            escaped[i] = Uri.EscapeDataString(parts[i]);
        }
        return string.Join('/', escaped);
    }

    /// <summary>Adds a query; parameters without a value are left out.</summary>
    public static string WithQuery(this string path, params ReadOnlySpan<(string Name, string? Value)> parameters)
    {
        var separator = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        foreach (var (name, value) in parameters)
        {
            if (value is null)
                continue;
            path += value.Length == 0 ? $"{separator}{name}" : $"{separator}{name}={Uri.EscapeDataString(value)}";
            separator = '&';
        }
        return path;
    }

    public static string? Text(this int? number) => number?.ToString(CultureInfo.InvariantCulture);

    public static string Text(this long number) => number.ToString(CultureInfo.InvariantCulture);

    public static string? Text(this double? number) => number?.ToString("R", CultureInfo.InvariantCulture);
}
