using System.Threading.Channels;
using Gantry.Audit.Sinks;

namespace Gantry.Audit;

/// <summary>
/// The audit trail: messages are taken at once and written by others, so that nobody waits for a disk or a network. A sink that is away
/// keeps its messages waiting; when more wait than there is room for, the newest are dropped and counted.
/// </summary>
public sealed class AuditTrail : IAsyncDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1), LongestPause = TimeSpan.FromMinutes(1);

    private readonly List<Lane> _lanes;
    private readonly AuditSource _source;
    private bool _disposed;

    /// <summary>Begins to write.</summary>
    /// <param name="options">Where to.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="AuditException">The options cannot work.</exception>
    public AuditTrail(AuditTrailOptions options, TimeProvider time)
    {
        _source = options.Source;
        var sinks = new List<IAuditSink>();
        if (options.Folder is { Length: > 0 } folder)
            sinks.Add(new AuditFile(folder, options.KeepDays, time));
        if (options.Syslog is { Length: > 0 } syslog)
            sinks.Add(new SyslogSender(SyslogAddress.Parse(syslog), options, time));
        _lanes = [.. sinks.Select(sink => new Lane(sink, options.Room, time))];
    }

    /// <summary>True if messages go anywhere.</summary>
    public bool IsOn => _lanes.Count > 0;

    /// <summary>How each place is doing.</summary>
    public IReadOnlyList<AuditSinkState> States => [.. _lanes.Select(lane => lane.State)];

    /// <summary>Takes a message; never waits, never throws.</summary>
    public void Record(AuditMessage message)
    {
        foreach (var lane in _lanes)
            lane.Add(message, _source);
    }

    /// <summary>Writes what waits, for up to five seconds, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        // A container disposes once for each way in which a service was registered
        if (Interlocked.Exchange(ref _disposed, true))
            return;
        foreach (var lane in _lanes)
            await lane.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>A sink with the messages that wait for it.</summary>
    private sealed class Lane : IAsyncDisposable
    {
        private const int AtOnce = 256;
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

        private readonly Channel<(AuditMessage Message, AuditSource Source)> _waiting;
        private readonly CancellationTokenSource _end = new();
        private readonly IAuditSink _sink;
        private readonly TimeProvider _time;
        private readonly Task _writing;
        private long _written, _dropped;
        private volatile string? _trouble;

        public Lane(IAuditSink sink, int room, TimeProvider time)
        {
            (_sink, _time) = (sink, time);
            _waiting = Channel.CreateBounded<(AuditMessage, AuditSource)>(new BoundedChannelOptions(room) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
            _writing = Task.Run(WriteAsync);
        }

        public AuditSinkState State => new(_sink.Place, Interlocked.Read(ref _written), Interlocked.Read(ref _dropped), _trouble);

        public void Add(AuditMessage message, AuditSource source)
        {
            if (!_waiting.Writer.TryWrite((message, source)))
                Interlocked.Increment(ref _dropped);
        }

        public async ValueTask DisposeAsync()
        {
            _waiting.Writer.TryComplete();
            try
            {
                await _writing.WaitAsync(Patience, _time).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                Interlocked.Add(ref _dropped, _waiting.Reader.Count);
            }
            await _end.CancelAsync().ConfigureAwait(false);
            await _writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await _sink.DisposeAsync().ConfigureAwait(false);
            _end.Dispose();
        }

        private async Task WriteAsync()
        {
            var batch = new List<string>();
            while (await _waiting.Reader.WaitToReadAsync(_end.Token).ConfigureAwait(false))
            {
                batch.Clear();
                while (batch.Count < AtOnce && _waiting.Reader.TryRead(out var next))
                    batch.Add(AuditXml.Write(next.Message, next.Source));
                await WriteAsync(batch).ConfigureAwait(false);
            }
        }

        private async Task WriteAsync(List<string> batch)
        {
            for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
            {
                try
                {
                    await _sink.WriteAsync(batch, _end.Token).ConfigureAwait(false);
                    Interlocked.Add(ref _written, batch.Count);
                    _trouble = null;
                    return;
                }
                catch (Exception error) when (error is IOException or UnauthorizedAccessException or System.Net.Sockets.SocketException
                    or System.Security.Authentication.AuthenticationException or TimeoutException)
                {
                    _trouble = error.Message;
                    await Task.Delay(pause, _time, _end.Token).ConfigureAwait(false);
                }
            }
        }
    }
}

/// <summary>How a place that messages go to is doing.</summary>
/// <param name="Place">The folder or the address.</param>
/// <param name="Written">Messages that are there.</param>
/// <param name="Dropped">Messages that there was no room to wait for.</param>
/// <param name="Trouble">Why nothing can be written at the moment; null if it can.</param>
public sealed record AuditSinkState(string Place, long Written, long Dropped, string? Trouble);
