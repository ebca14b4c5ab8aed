using Gantry.Sidecar.Settings;

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

    /// <summary>Asks for something that must not be seen: typed without an echo, or a line of standard input; null at its end.</summary>
    public Func<string, string?> AskSecret { get; init; } = static _ => null;

    /// <summary>The process's own terminal. Colours stay off where NO_COLOR is set, or TERM is 'dumb'.</summary>
    public static Terminal OfProcess()
    {
        var environment = SettingsLayers.ProcessEnvironment();
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
            AskSecret = AskAtConsole,
        };
    }

    /// <summary>A text from a peer made fit for a terminal: no control character of it may steer the terminal.</summary>
    public static string Plain(string text) =>
        text.Any(char.IsControl) ? string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)) : text;

    private static string? AskAtConsole(string question)
    {
        if (Console.IsInputRedirected)
            return Console.In.ReadLine();
        Console.Error.Write(question);
        var typed = new System.Text.StringBuilder();
        for (var key = Console.ReadKey(intercept: true); key.Key != ConsoleKey.Enter; key = Console.ReadKey(intercept: true))
        {
            if (key.Key == ConsoleKey.Backspace)
                typed.Length = Math.Max(0, typed.Length - 1);
            else if (!char.IsControl(key.KeyChar))
                typed.Append(key.KeyChar);
        }
        Console.Error.WriteLine();
        return typed.ToString();
    }
}
