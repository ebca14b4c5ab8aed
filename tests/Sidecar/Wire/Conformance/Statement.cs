namespace Gantry.Sidecar.Tests.Wire.Conformance;

/// <summary>sidecar/CONFORMANCE.md and the tables in it.</summary>
internal static class Statement
{
    private static readonly string[] Lines = File.ReadAllLines(Find());

    /// <summary>The rows of the first table under a heading, without its head; cells are trimmed and without backticks.</summary>
    public static IReadOnlyList<string[]> Table(string heading)
    {
        var start = Array.FindIndex(Lines, line => line.StartsWith('#') && line.EndsWith(heading, StringComparison.Ordinal));
        Assert.True(start >= 0, $"CONFORMANCE.md has no heading '{heading}'");
        return
        [
            .. Lines.Skip(start + 1).TakeWhile(line => !line.StartsWith('#'))
                .SkipWhile(line => !line.StartsWith('|')).TakeWhile(line => line.StartsWith('|'))
                .Skip(2).Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim().Replace("`", "", StringComparison.Ordinal)).ToArray()),
        ];
    }

    /// <summary>The rows with their cells joined as in the file.</summary>
    public static IEnumerable<string> Rows(string heading) => Table(heading).Select(cells => string.Join(" | ", cells));

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var file = Path.Combine(folder.FullName, "sidecar", "CONFORMANCE.md");
            if (File.Exists(file)) return file;
        }

        throw new FileNotFoundException("sidecar/CONFORMANCE.md was not found above the tests");
    }
}
