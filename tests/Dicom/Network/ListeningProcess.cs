using System.Globalization;
using System.Net;
using Gantry.Dicom.Network;
using Microsoft.Extensions.Logging;

namespace Gantry.Dicom.Tests.Network;

/// <summary>
/// This assembly run as a program: a listener that echoes, for tests that would harm the process they run in. It prints its
/// port, then the event id of each line it logs, and ends when its input does. A first line of input makes it use up its file
/// descriptors, the next gives them back.
/// </summary>
internal static class ListeningProcess
{
    private const int Threads = 8;

    public static async Task Main()
    {
        await StartThreadsAsync();
        var options = new DicomListenerOptions
        {
            EndPoints = [new IPEndPoint(IPAddress.Loopback, 0)], MaximumPendingConnections = 10_000,
            MaximumAssociationsPerPeer = 10_000,
        };
        using var log = new EventIds();
        await using var listener = new DicomListener(options, [new VerificationService()], null, log);
        await listener.StartAsync();
        await Console.Out.WriteLineAsync(listener.Port().ToString(CultureInfo.InvariantCulture));
        using (new DescriptorHoard(Console.In.ReadLine() is not null))
            Console.In.ReadLine();
        await Console.In.ReadToEndAsync();
    }

    /// <summary>Every file descriptor that the process may still have.</summary>
    private sealed class DescriptorHoard : IDisposable
    {
        private readonly List<FileStream> _files = [];

        public DescriptorHoard(bool isWanted)
        {
            try
            {
                while (isWanted) _files.Add(new("/dev/null", FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 0));
            }
            catch (IOException)
            {
                Console.Out.WriteLine("none left");
            }
        }

        public void Dispose()
        {
            foreach (var file in _files) file.Dispose();
        }
    }

    /// <summary>The runtime ends a process that cannot open the pipe of a new thread, so none may be needed once the descriptors are gone.</summary>
    private static async Task StartThreadsAsync()
    {
        ThreadPool.SetMinThreads(Threads, Threads);
        ThreadPool.SetMaxThreads(Threads, Threads);
        using var all = new CountdownEvent(Threads);
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(_ => Task.Run(() =>
        {
            all.Signal();
            all.Wait();
        })));
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
