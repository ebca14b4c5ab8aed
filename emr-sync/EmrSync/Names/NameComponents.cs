namespace Gantry.EmrSync.Names;

/// <summary>The components of one group of VR PN: family name, given name, middle name, prefix, suffix (PS3.5 6.2.1.1).</summary>
internal static class NameComponents
{
    private const int Most = 5;

    /// <summary>What stands between <c>^</c>, at most five; more are added to the fifth. None for an empty text.</summary>
    public static IReadOnlyList<string> Split(string group)
    {
        var parts = group.Split('^', StringSplitOptions.TrimEntries).ToList();
        while (parts.Count > 0 && parts[^1].Length == 0) parts.RemoveAt(parts.Count - 1);
        if (parts.Count <= Most) return parts;
        return [.. parts[..(Most - 1)], string.Join(' ', parts[(Most - 1)..].Where(part => part.Length > 0))];
    }

    /// <summary>The group, cut behind a whole character where it is too long.</summary>
    public static string Join(IReadOnlyList<string> components, out bool isCut)
    {
        var writer = new GroupWriter();
        for (var i = 0; i < components.Count; i++)
        {
            if (i > 0) writer.NextComponent();
            var letters = System.Globalization.StringInfo.GetTextElementEnumerator(components[i]);
            while (letters.MoveNext()) writer.Append(letters.GetTextElement());
        }

        isCut = writer.IsCut;
        return writer.ToString();
    }
}
