using System.Globalization;
using System.Net;
using Gantry.Dicom.Network;
using Microsoft.Extensions.Logging;

namespace Gantry.Dicom.Tests.Network;

/// <summary>
/// This assembly run as a program: a listener that echoes, for tests that would harm the process they run in. It prints its
/// port, then the event id of each line it logs, and ends when its input does.
/// </summary>
internal static class ListeningProcess
{
    public static async Task Main()
    {
        var options = new DicomListenerOptions
        {
            EndPoints = [new IPEndPoint(IPAddress.Loopback, 0)], MaximumPendingConnections = 10_000,
            MaximumAssociationsPerPeer = 10_000,
        };
        using var log = new EventIds();
        await using var listener = new DicomListener(options, [new VerificationService()], null, log);
        await listener.StartAsync();
        await Console.Out.WriteLineAsync(listener.Port().ToString(CultureInfo.InvariantCulture));
        await Console.In.ReadToEndAsync();
    }

    private sealed class EventIds : ILoggerFactory, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Console.Out.WriteLine(eventId.Id);

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public void AddProvider(ILoggerProvider provider) { }

        public void Dispose() { }
    }
}
