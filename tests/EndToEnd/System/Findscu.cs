using System.Text.RegularExpressions;

namespace Gantry.EndToEnd.Tests;

/// <summary>What DCMTK's findscu got: the answers, and how the query ended in its words (<c>Success</c>, <c>Cancel: ...</c>).</summary>
internal sealed partial record Findscu(PeerResult Result, string Outcome, IReadOnlyList<FoundItem> Items)
{
    /// <summary>Asks for the worklist. Keys are written as on the command line.</summary>
    public static async Task<Findscu> AskAsync(int port, string[] keys, params string[] options)
    {
        var result = await Peer.RunAsync("findscu", ["-v", "-W", .. options, .. keys.SelectMany(key => new[] { "-k", key }), "localhost", $"{port}"]);
        return Read(result);
    }

    public static Findscu Read(PeerResult result) => new(
        result, Final().Matches(result.Output) is [.., var last] ? last.Groups[1].Value : "",
        [.. Pending().Split(result.Output).Skip(1).Select(text => new FoundItem(text))]);

    /// <summary>The only answer.</summary>
    public FoundItem Only
    {
        get
        {
            Assert.True(Items.Count == 1 && Outcome == "Success", Result.ToString());
            return Items[0];
        }
    }

    [GeneratedRegex(@"Find Response: \d+ \(Pending[^)]*\)")]
    private static partial Regex Pending();

    [GeneratedRegex(@"Received Final Find Response \((.*)\)")]
    private static partial Regex Final();
}

/// <summary>One answer as findscu prints it.</summary>
internal sealed record FoundItem(string Text)
{
    /// <summary>The first value of a tag (<c>0010,0010</c>), wherever it is nested; "" without a value, null if absent.</summary>
    public string? this[string tag]
    {
        get
        {
            var line = Regex.Match(Text, $@"\({tag}\) \w\w (\[(?<value>[^\]\n]*)\]?|\(no value available\)|(?<value>\S+))");
            return line.Success ? line.Groups["value"].Value.TrimEnd() : null;
        }
    }
}
