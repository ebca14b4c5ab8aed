using System.Collections;

namespace Gantry.Sidecar.Cli;

/// <summary>What a command sees of the world around it; tests put their own in its place.</summary>
internal sealed record Terminal
{
    /// <summary>Where results go.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Where complaints about the command line go.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>True where a person watches: colours, and progress that writes over itself.</summary>
    public bool IsInteractive { get; init; }

    /// <summary>Columns of an interactive terminal.</summary>
    public int Width { get; init; } = 120;

    /// <summary>The clock; its local time zone is that of the dates and times in what is sent.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Environment variables.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>The working directory.</summary>
    public required string Directory { get; init; }

    /// <summary>The process's own terminal. Colours stay off where NO_COLOR is set, or TERM is 'dumb'.</summary>
    public static Terminal OfProcess()
    {
        var environment = System.Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToDictionary(pair => (string)pair.Key, pair => (string?)pair.Value ?? "", StringComparer.Ordinal);
        var isInteractive = !Console.IsOutputRedirected
            && string.IsNullOrEmpty(environment.GetValueOrDefault("NO_COLOR")) && environment.GetValueOrDefault("TERM") != "dumb";
        return new()
        {
            Out = Console.Out,
            Error = Console.Error,
            IsInteractive = isInteractive,
            Width = isInteractive && Console.WindowWidth > 0 ? Console.WindowWidth : 120,
            Environment = environment,
            Directory = System.IO.Directory.GetCurrentDirectory(),
        };
    }

    /// <summary>A text from a peer made fit for a terminal: no control character of it may steer the terminal.</summary>
    public static string Plain(string text) =>
        text.Any(char.IsControl) ? string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)) : text;
}
