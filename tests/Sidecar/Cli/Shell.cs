using System.Text.Json;
using Gantry.Sidecar.Cli;

namespace Gantry.Sidecar.Tests.Cli;

/// <summary>What a command printed and ended with.</summary>
internal sealed record ShellResult(int Code, string Out, string Error)
{
    /// <summary>The output as the one JSON object that --json promises.</summary>
    public JsonElement Json => JsonDocument.Parse(Out).RootElement;

    /// <summary>Names and outcomes of the steps, as "C-ECHO ok".</summary>
    public IReadOnlyList<string> Steps =>
        [.. Json.GetProperty("steps").EnumerateArray()
            .Select(step => $"{step.GetProperty("name")} {step.GetProperty("outcome")}")];

    /// <summary>The step that failed first.</summary>
    public (string Name, string Phase, string Detail) Failure
    {
        get
        {
            var step = Json.GetProperty("steps").EnumerateArray()
                .First(step => step.GetProperty("outcome").GetString() == "failed");
            string Of(string name) => step.GetProperty(name).GetString()!;
            return (Of("name"), Of("phase"), Of("detail"));
        }
    }
}

/// <summary>Runs commands in process, in an empty folder and with only the environment that a test gives.</summary>
internal static class Shell
{
    public static Task<ShellResult> RunAsync(params string[] args) => RunAsync(new(), args);

    public static async Task<ShellResult> RunAsync(
        Dictionary<string, string> environment, string[] args, bool isInteractive = false,
        CancellationToken cancellationToken = default)
    {
        var folder = Directory.CreateTempSubdirectory("gantry-cli-");
        try
        {
            return await RunInAsync(folder.FullName, environment, args, isInteractive, cancellationToken);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>As typed in a folder.</summary>
    public static async Task<ShellResult> RunInAsync(
        string folder, Dictionary<string, string> environment, string[] args, bool isInteractive = false, CancellationToken cancellationToken = default)
    {
        var terminal = new Terminal
        {
            Out = new StringWriter(), Error = new StringWriter(), Environment = environment, Directory = folder, IsInteractive = isInteractive,
        };
        var code = await CommandLine.RunAsync(args, terminal, cancellationToken);
        return new(code, terminal.Out.ToString()!, terminal.Error.ToString()!);
    }
}
