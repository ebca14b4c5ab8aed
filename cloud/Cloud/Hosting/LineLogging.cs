using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Gantry.Cloud.Hosting;

/// <summary>The cloud's log: one line for each event. What others sent can begin no line of its own.</summary>
internal sealed class LineLogging(TimeProvider time) : ConsoleFormatter(FormatName)
{
    public const string FormatName = "gantry";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        // When a start fails, services that have begun are stopped in the middle of something, which the host takes for their failure
        if (logEntry is { Category: "Microsoft.Extensions.Hosting.Internal.Host", Exception: OperationCanceledException or ObjectDisposedException })
            return;
        textWriter.Write(time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z' ", CultureInfo.InvariantCulture));
        textWriter.Write(string.Create(CultureInfo.InvariantCulture, $"{Level(logEntry.LogLevel)}: {logEntry.Category}[{logEntry.EventId.Id}] "));
        Write(logEntry.Formatter(logEntry.State, logEntry.Exception), textWriter);
        if (logEntry.Exception is { } error)
            Write($" {error}", textWriter);
        textWriter.WriteLine();
    }

    private static void Write(string text, TextWriter textWriter)
    {
        foreach (var c in text)
            textWriter.Write(char.IsControl(c) ? ' ' : c);
    }

    private static string Level(LogLevel level) => level switch
    {
        LogLevel.Trace => "trce",
        LogLevel.Debug => "dbug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        LogLevel.Critical => "crit",
        LogLevel.None => "    ",
    };
}
