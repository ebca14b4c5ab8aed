using System.CommandLine;
using Gantry.Sidecar.Hosting;

namespace Gantry.Sidecar.Cli;

/// <summary>The commands for people at a terminal.</summary>
internal static class CommandLine
{
    /// <summary>So long a command may take to end well after Ctrl-C: an exam under way is told to be discontinued.</summary>
    private static readonly TimeSpan TimeToStop = TimeSpan.FromSeconds(10);

    /// <summary>The commands hold nothing of a call, so they are made once.</summary>
    private static readonly RootCommand Root = Commands();

    /// <summary>Runs one command on the process's terminal; the result is the process's exit code.</summary>
    public static Task<int> RunAsync(string[] args) => RunAsync(args, Terminal.OfProcess(), CancellationToken.None);

    /// <summary>Runs one command.</summary>
    /// <param name="args">The command and its options.</param>
    /// <param name="terminal">The world around.</param>
    /// <param name="cancellationToken">Stops the command, as Ctrl-C does.</param>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, Terminal terminal, CancellationToken cancellationToken)
    {
        var arguments = Root.Parse(
            args,
            // No bundling, so that '-aet' is an error and not '-a et'; no response files, since values may begin with '@'
            new ParserConfiguration { EnablePosixBundling = false, ResponseFileTokenReplacer = null });
        // Who asks for help need not get everything else right
        if (arguments.Errors.Count > 0 && arguments.Action is not CommandHelp)
        {
            foreach (var message in arguments.Errors.Select(error => error.Message).Distinct())
                terminal.Error.WriteLine(Terminal.Plain(message));
            terminal.Error.WriteLine(
                $"'{string.Join(' ', Names(arguments.CommandResult.Command))} --help' tells what is possible.");
            return CommandExit.BadUsage;
        }
        return await arguments.InvokeAsync(
            new TerminalInvocation(terminal)
            {
                Output = terminal.Out,
                Error = terminal.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = TimeToStop,
            },
            cancellationToken);
    }

    /// <summary>The terminal that a command was called at.</summary>
    public static Terminal TerminalOf(ParseResult arguments) => ((TerminalInvocation)arguments.InvocationConfiguration).Terminal;

    private static RootCommand Commands()
    {
        var serve = new Command(
            "serve", "Runs the gateway, as no command at all does. Settings may follow as --Section:Key value.")
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        serve.SetAction((arguments, _) => SidecarHost.RunAsync([.. arguments.UnmatchedTokens]));
        var root = new RootCommand("Gantry's sidecar: worklist and MPPS beside Orthanc, and tools to try them.")
        {
            serve,
            WorklistTestCommand.Create(),
            PacsTestCommand.Create(),
            DicomSendCommand.Create(),
            ModalityCommand.Create(),
            EchoCommand.Create(),
            WorklistCommand.Create(),
            ViewerCommand.Create(),
            EmrCommand.Create(),
            AccountsCommand.Create(),
            BackupCommand.Create(),
            RestoreCommand.Create(),
        };
        CommandHelp.Extend(root);
        return root;
    }

    private static IEnumerable<string> Names(Symbol command) =>
        command.Parents.FirstOrDefault() is { } parent ? [.. Names(parent), command.Name] : ["gantry"];

    /// <summary>Carries the terminal to the command.</summary>
    private sealed class TerminalInvocation(Terminal terminal) : InvocationConfiguration
    {
        public Terminal Terminal => terminal;
    }
}
