namespace Gantry.EmrSync.Tests.Names;

/// <summary>The tables of names beside this file.</summary>
internal static class GoldenTable
{
    /// <summary>The rows of a table, columns parted by <c>|</c>.</summary>
    public static IReadOnlyList<string[]> Read(string name)
    {
        using var stream = typeof(GoldenTable).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n').Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split('|'))];
    }
}
