using System.CommandLine;

namespace Gantry.Sidecar.Cli;

/// <summary>The options that commands share; one instance each, so that a value can be asked for anywhere.</summary>
internal static class CommonFlags
{
    /// <summary>Results for scripts.</summary>
    public static Option<bool> Json { get; } = new("--json") { Description = "Print one JSON object instead of text" };

    /// <summary>More about what happens.</summary>
    public static Option<bool> Verbose { get; } =
        new("--verbose", "-v") { Description = "Show what was negotiated and whole answers" };

    /// <summary>Modality to narrow by.</summary>
    public static Option<string?> Modality { get; } = Code("--modality", "-m", "CODE", "Modality, such as MG; any if not given");

    /// <summary>Scheduled day or days.</summary>
    public static Option<string?> Date { get; } = new("--date", "-d")
    {
        HelpName = "YYYYMMDD", Description = "Scheduled day: YYYYMMDD, 'today', 'any', or a range such as 20260101-20260131",
    };

    /// <summary>An accession number.</summary>
    public static Option<string?> Accession { get; } =
        new("--accession") { HelpName = "NUMBER", Description = "Accession number" };

    /// <summary>An option whose value is a code string (VR CS), put into capitals.</summary>
    public static Option<string?> Code(string name, string alias, string helpName, string description)
    {
        var option = new Option<string?>(name, alias) { HelpName = helpName, Description = description };
        option.CustomParser = result => result.Tokens[^1].Value.Trim().ToUpperInvariant();
        option.Validators.Add(result =>
        {
            foreach (var token in result.Tokens)
            {
                if (!IsCode(token.Value.Trim().ToUpperInvariant()))
                    result.AddError($"{name} is '{token.Value}'; a code such as MG is wanted, 1 to 16 letters, digits or _.");
            }
        });
        return option;
    }

    /// <summary>True for a code string (VR CS, PS3.5 Table 6.2-1) that is not empty.</summary>
    public static bool IsCode(string text) =>
        text.Length is > 0 and <= 16 && text.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c is ' ' or '_');
}
