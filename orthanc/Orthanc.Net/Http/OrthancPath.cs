using System.Globalization;

namespace Orthanc.Net;

/// <summary>Builds paths below Orthanc's address. Each part is escaped, so that no id or name can lead somewhere else.</summary>
internal static class OrthancPath
{
    /// <summary>Joins parts with slashes.</summary>
    /// <exception cref="ArgumentException">A part is empty, or one of the dots that change the folder.</exception>
    public static string Of(params ReadOnlySpan<string> parts)
    {
        var escaped = new string[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (parts[i] is null or "" or "." or "..")
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
