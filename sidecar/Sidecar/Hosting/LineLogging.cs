using System.Globalization;
using Gantry.Worklist;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Gantry.Sidecar.Hosting;

/// <summary>The console log: one line per message, with time (UTC), level, id and text; exceptions follow on their own lines.</summary>
internal sealed class LineLogging(TimeProvider time) : ConsoleFormatter(FormatName)
{
    private const string FormatName = "line";

    /// <summary>Sets the log up; the section <c>Logging</c> may change levels as usual.</summary>
    public static void Configure(ILoggingBuilder logging, IConfiguration layers)
    {
        logging.Services.AddSingleton(TimeProvider.System);
        logging.SetMinimumLevel(LogLevel.Information);
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("System", LogLevel.Warning);
        // Tells each step of its own start
        logging.AddFilter("Quartz", LogLevel.Warning);
        // Says at each start that keys lie in a folder unencrypted, which is where the settings put them
        logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        // Says with a stack trace what SidecarHost says in a sentence: that the host cannot start
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        logging.AddConfiguration(layers.GetSection("Logging"));
        logging.AddConsole(options => options.FormatterName = FormatName);
        logging.AddConsoleFormatter<LineLogging, ConsoleFormatterOptions>();
    }

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        // When a start fails, services that have begun are stopped in the middle of something, which the host takes for their failure
        if (logEntry is { Category: "Microsoft.Extensions.Hosting.Internal.Host", Exception: OperationCanceledException })
            return;
        var message = logEntry.Formatter(logEntry.State, logEntry.Exception);
        textWriter.Write(time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z' ", CultureInfo.InvariantCulture));
        textWriter.Write(Level(logEntry.LogLevel));
        if (logEntry.EventId.Id != 0)
            textWriter.Write($" {logEntry.EventId.Id}");
        textWriter.Write(' ');
        // A peer chooses its AE title: it must not be able to begin a line of its own
        Write(message, textWriter);
        // What the store refuses (a full disk, a database that is away) is said in a sentence; where in the program it was met helps nobody
        if (logEntry.Exception is WorklistStoreException { Failure: not WorklistStoreFailure.Other } refusal)
        {
            if (!message.Contains(refusal.Message, StringComparison.Ordinal))
                Write($": {refusal.Message}", textWriter);
            textWriter.WriteLine();
            return;
        }
        textWriter.WriteLine();
        if (logEntry.Exception is { } error)
            textWriter.WriteLine(error.ToString());
    }

    private static void Write(string text, TextWriter textWriter)
    {
        foreach (var c in text)
            textWriter.Write(char.IsControl(c) ? ' ' : c);
    }

    private static string Level(LogLevel level) => level switch
    {
        LogLevel.Trace => "trace",
        LogLevel.Debug => "debug",
        LogLevel.Information => "info ",
        LogLevel.Warning => "warn ",
        LogLevel.Error => "error",
        LogLevel.Critical => "fatal",
        LogLevel.None => "     ",
    };
}
