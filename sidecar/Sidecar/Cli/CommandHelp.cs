using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Gantry.Sidecar.Cli;

/// <summary>What <c>--help</c> says after the options: examples, the fields of the JSON, exit codes.</summary>
internal sealed class CommandHelp(HelpAction usual) : SynchronousCommandLineAction
{
    /// <summary>Puts this in the place of the usual help.</summary>
    public static void Extend(RootCommand root)
    {
        foreach (var option in root.Options.OfType<HelpOption>())
        {
            if (option.Action is HelpAction usual)
                option.Action = new CommandHelp(usual);
        }
    }

    public override int Invoke(ParseResult parseResult)
    {
        var code = usual.Invoke(parseResult);
        var command = parseResult.CommandResult.Command;
        var output = parseResult.InvocationConfiguration.Output;
        var name = command is RootCommand ? "" : command.Name;
        Section(output, "Examples:", HelpTexts.Examples.GetValueOrDefault(name) ?? []);
        if (command.Options.Contains(CommonFlags.Json))
        {
            Section(output, "JSON (a field without a value is left out):",
            [
                "command, success",
                "steps[]: name, outcome (ok, failed, skipped, stopped), phase (where it failed), milliseconds, detail",
                .. HelpTexts.Fields.GetValueOrDefault(name) ?? [],
            ]);
        }
        output.WriteLine(
            "Exit code: 0 every step succeeded, 1 a step failed, 2 the command line is wrong, 130 stopped by Ctrl-C.");
        return code;
    }

    private static void Section(TextWriter output, string title, string[] lines)
    {
        if (lines.Length == 0) return;
        output.WriteLine(title);
        foreach (var line in lines)
            output.WriteLine($"  {line}");
        output.WriteLine();
    }
}
