using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Gantry.EmrSync.Tests.Demo;

/// <summary>The demo EMR's scripts for two engines, of which only one is at hand: both have the same table and the same patients.</summary>
public sealed partial class SeedTests
{
    [Fact]
    public void Both_engines_get_the_same_orders()
    {
        var sqlite = Orders("sqlite");

        Assert.Equal(12, sqlite.Count);
        Assert.Equal(sqlite, Orders("sqlserver"));
    }

    [Fact]
    public void Both_engines_have_the_same_columns() =>
        Assert.Equal(Column().Matches(Script("sqlite", "schema")).Select(match => match.Value), Column().Matches(Script("sqlserver", "schema")).Select(match => match.Value));

    [Fact]
    public void Names_are_Unicode_for_SQL_Server() =>
        Assert.DoesNotContain(Order().Matches(Script("sqlserver", "seed")), match => !match.Value.Contains(", N'", StringComparison.Ordinal));

    private static List<string> Orders(string engine) =>
        [.. Order().Matches(Script(engine, "seed")).Select(match => match.Value.Replace("N'", "'", StringComparison.Ordinal))];

    private static string Script(string engine, string part, [CallerFilePath] string here = "") =>
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "compose", "emr", engine, $"{part}.sql"));

    // Number, time, modality, name and chart number
    [GeneratedRegex(@"\(\d+, '\d{4}', '[A-Z]{2}', N?'[^']+', '\d+'")]
    private static partial Regex Order();

    [GeneratedRegex(@"(?<=^ +)Pcs\w+", RegexOptions.Multiline)]
    private static partial Regex Column();
}
