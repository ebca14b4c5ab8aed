namespace Gantry.House.Tests;

/// <summary>Scripts are code: they are checked as such.</summary>
public sealed class ScriptTests
{
    private static readonly string[] Started = [.. Repository.Files.Where(file =>
        FirstLine(file) is var line && line.StartsWith("#!", StringComparison.Ordinal) && line.EndsWith("bash", StringComparison.Ordinal))];

    /// <summary>Scripts that people start. The parts that they source are checked with them.</summary>
    public static TheoryData<string> Scripts => [.. Started];

    public static TheoryData<string> ScriptsAndParts => [.. Started, .. Repository.FilesEndingWith(".sh")];

    [Theory]
    [MemberData(nameof(Scripts))]
    public void Shellcheck_finds_nothing_in_a_script_and_its_parts(string script)
    {
        var (status, output) = Repository.Run("shellcheck", "--external-sources", "--check-sourced", script);

        Assert.True(status == 0, output);
    }

    [Theory]
    [MemberData(nameof(Scripts))]
    public void A_script_stops_at_the_first_error(string script) =>
        Assert.Contains("\nset -euo pipefail\n", Repository.Read(script), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Scripts))]
    public void A_script_can_be_started(string script)
    {
        var (status, _) = Repository.Run("test", "-x", script);

        Assert.True(status == 0, $"chmod +x {script}");
    }

    [Theory]
    [MemberData(nameof(ScriptsAndParts))]
    public void Bash_can_read_it(string script)
    {
        var (status, output) = Repository.Run("bash", "-n", script);

        Assert.True(status == 0, output);
    }

    [Fact]
    public void Every_part_belongs_to_a_script()
    {
        var scripts = string.Join('\n', Started.Select(Repository.Read));

        Offenders.None(Repository.FilesEndingWith(".sh").Where(part => FirstLine(part).Contains("shellcheck shell=", StringComparison.Ordinal))
            .Where(part => !scripts.Contains($"source \"$root/{part}\"", StringComparison.Ordinal)));
    }

    private static string FirstLine(string file)
    {
        using var reader = new StreamReader(Path.Combine(Repository.Root, file));
        Span<char> start = stackalloc char[80];
        start = start[..reader.ReadBlock(start)];
        return start.IndexOf('\n') is var end and >= 0 ? start[..end].ToString() : start.ToString();
    }
}
