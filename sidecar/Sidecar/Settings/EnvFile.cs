using System.Text;

namespace Gantry.Sidecar.Settings;

/// <summary>
/// Reads a <c>.env</c> file: lines <c>NAME=value</c>, perhaps after <c>export</c>; <c>#</c> starts a comment; single quotes
/// keep everything as it is, double quotes know <c>\n \t \" \\ \$</c>. Nothing is expanded, and a value is one line.
/// </summary>
internal static class EnvFile
{
    /// <summary>The names and values of a file, in order.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="path">Its path, for messages.</param>
    /// <exception cref="SettingsException">A line is neither empty, nor a comment, nor NAME=value.</exception>
    public static IReadOnlyList<(string Name, string Value, string Origin)> Parse(string text, string path)
    {
        var values = new List<(string, string, string)>();
        var problems = new List<SettingsProblem>();
        var number = 0;
        foreach (var raw in text.TrimStart('\uFEFF').Split('\n'))
        {
            number++;
            var line = raw.Trim();
            if (line.Length == 0 || line[0] == '#')
                continue;
            if (line.StartsWith("export ", StringComparison.Ordinal))
                line = line["export ".Length..].TrimStart();
            var origin = FormattableString.Invariant($"{path} line {number}");
            var equals = line.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? "" : line[..equals].TrimEnd();
            if (!IsName(name))
                problems.Add(new(origin, null, null, "a line NAME=value is wanted, with letters, digits and _ in the name"));
            else if (Value(line[(equals + 1)..].TrimStart()) is { } value)
                values.Add((name, value, $"{name} in {origin}"));
            else
                problems.Add(new(origin, null, null, $"the quotes around the value of {name} do not close, or something follows them"));
        }
        return problems.Count == 0 ? values : throw new SettingsException(problems);
    }

    private static bool IsName(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_');

    /// <summary>The value of what stands after the equals sign; null where its quotes are wrong.</summary>
    private static string? Value(string text)
    {
        if (text.Length == 0 || text[0] is not ('"' or '\''))
        {
            // A # is a comment only after a blank: passwords hold it
            var comment = text.StartsWith('#') ? 0 : text.AsSpan().IndexOfAny([" #", "\t#"]);
            return (comment < 0 ? text : text[..comment]).TrimEnd();
        }
        var quote = text[0];
        var value = new StringBuilder();
        for (var i = 1; i < text.Length; i++)
        {
            if (text[i] == quote)
                return text[(i + 1)..].TrimStart() is { Length: > 0 } rest && rest[0] != '#' ? null : value.ToString();
            if (quote == '"' && text[i] == '\\' && i + 1 < text.Length)
                value.Append(Unescape(text[++i]));
            else
                value.Append(text[i]);
        }
        return null;
    }

    private static string Unescape(char c) => c switch
    {
        'n' => "\n",
        't' => "\t",
        '"' or '\\' or '$' => c.ToString(),
        _ => "\\" + c,
    };
}

file static class SpanSearch
{
    /// <summary>The first place where any of the strings stands, or -1.</summary>
    public static int IndexOfAny(this ReadOnlySpan<char> text, ReadOnlySpan<string> any)
    {
        var first = -1;
        foreach (var one in any)
        {
            var place = text.IndexOf(one, StringComparison.Ordinal);
            if (place >= 0 && (first < 0 || place < first))
                first = place;
        }
        return first;
    }
}
