using System.CommandLine;
using System.Text.Json;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Gantry.Sidecar.Cli;

/// <summary>
/// One run of a command: shows its steps and results to a person, or prints them as JSON at the end, and gives the exit code.
/// </summary>
internal sealed class CommandRun
{
    private readonly IAnsiConsole? _console;

    private CommandRun(string command, Terminal terminal, ParseResult arguments)
    {
        Terminal = terminal;
        Arguments = arguments;
        _console = arguments.GetValue(CommonFlags.Json) ? null : ConsoleOf(terminal);
        Report = new StepReport(_console, terminal.Time, terminal.IsInteractive);
        Result = new CommandResult { Command = command };
    }

    /// <summary>The world around.</summary>
    public Terminal Terminal { get; }

    /// <summary>What was typed.</summary>
    public ParseResult Arguments { get; }

    /// <summary>The steps.</summary>
    public StepReport Report { get; }

    /// <summary>What is printed as JSON.</summary>
    public CommandResult Result { get; }

    /// <summary>True with <c>-v</c>.</summary>
    public bool IsVerbose => Arguments.GetValue(CommonFlags.Verbose);

    /// <summary>Makes the command do its work when it is called.</summary>
    /// <param name="command">The command; <c>--json</c> is added to it.</param>
    /// <param name="name">Its name in JSON, with those of its parents.</param>
    /// <param name="work">The work.</param>
    public static void Attach(Command command, string name, Func<CommandRun, CancellationToken, Task> work)
    {
        command.Options.Add(CommonFlags.Json);
        command.SetAction((arguments, cancellationToken) =>
            new CommandRun(name, CommandLine.TerminalOf(arguments), arguments).ExecuteAsync(work, cancellationToken));
    }

    /// <summary>The value of an option.</summary>
    public T? Get<T>(Option<T> option) => Arguments.GetValue(option);

    /// <summary>A line for people.</summary>
    public void Say(string line) => _console?.WriteLine(Terminal.Plain(line));

    /// <summary>Text for people that has its line ends already.</summary>
    public void Write(Action<TextWriter> write)
    {
        if (_console is null) return;
        var text = new StringWriter();
        write(text);
        foreach (var line in text.ToString().Split('\n'))
            Terminal.Out.WriteLine(Terminal.Plain(line.TrimEnd('\r')));
    }

    /// <summary>A table for people.</summary>
    public void Show(IRenderable table) => _console?.Write(table);

    private async Task<int> ExecuteAsync(Func<CommandRun, CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        var code = CommandExit.Failed;
        try
        {
            await work(this, cancellationToken);
            code = Report.HasFailed ? CommandExit.Failed : CommandExit.Success;
        }
        catch (StepReportedException)
        {
            // It stands in the report
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            code = CommandExit.Stopped;
        }
        catch (Exception failure) when (FailureWords.Of(failure) is { } words)
        {
            Report.Fail(Result.Command, words.Phase, words.Message);
        }
        catch (Exception failure)
        {
            // A fault of ours; with -v it shows where
            Report.Fail(
                Result.Command, "unforeseen", IsVerbose ? failure.ToString() : $"{failure.GetType().Name}: {failure.Message}");
        }
        Result.Success = code == CommandExit.Success;
        Result.Steps = Report.Steps;
        if (_console is null)
            Terminal.Out.WriteLine(JsonSerializer.Serialize(Result, ReadableJson.Context.CommandResult));
        return code;
    }

    private static IAnsiConsole ConsoleOf(Terminal terminal)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = terminal.IsInteractive ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = terminal.IsInteractive ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(terminal.Out),
        });
        // In a pipe nothing is broken into lines: a line is a row
        console.Profile.Width = terminal.IsInteractive ? terminal.Width : 1000;
        return console;
    }
}
