using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Gantry.Bench.Cloud;

/// <summary>
/// Very many event streams, as cheap for the machine as they can be read: bare sockets, of which only the numbers of the events are
/// looked at. HTTP/1.0, so that nothing stands between the events.
/// </summary>
internal sealed class LiveCrowd : IAsyncDisposable
{
    private readonly List<Reader> _readers = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _reading = [];

    public int Open => _readers.Count(reader => !reader.IsOver);

    /// <summary>What came on all streams together.</summary>
    public long Came => _readers.Sum(reader => reader.Count);

    /// <summary>Numbers that were not larger than the one before.</summary>
    public long Repeated => _readers.Sum(reader => reader.Repeated);

    /// <summary>Opens a stream for each path, some at a time.</summary>
    public async Task OpenAsync(CloudApp cloud, CookieContainer cookies, IEnumerable<string> paths, CancellationToken cancellationToken)
    {
        var cookie = cookies.GetCookieHeader(cloud.Address);
        foreach (var some in paths.Chunk(50))
        {
            var opened = await Task.WhenAll(some.Select(path => Reader.OpenAsync(cloud.Port, path, cookie, cancellationToken)));
            _readers.AddRange(opened);
            _reading.AddRange(opened.Select(reader => Task.Run(() => reader.ReadAsync(_stop.Token), CancellationToken.None)));
        }
    }

    /// <summary>From a moment for each number until it came, on every stream that had it, in milliseconds.</summary>
    public List<double> Waits(IReadOnlyDictionary<long, long> sentAt) => [.. _readers.SelectMany(reader => reader.Events)
        .Where(one => sentAt.ContainsKey(one.Position)).Select(one => TimeProvider.System.GetElapsedTime(sentAt[one.Position], one.At).TotalMilliseconds)];

    /// <summary>The streams that have not had exactly so many.</summary>
    public int WithoutAll(int count) => _readers.Count(reader => reader.Count != count);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_reading);
        _readers.ForEach(reader => reader.Dispose());
        _stop.Dispose();
    }

    private sealed class Reader(Socket socket) : IDisposable
    {
        private readonly List<(long Position, long At)> _events = [];
        private readonly byte[] _buffer = new byte[16 << 10];
        private int _kept;
        private long _last;

        public bool IsOver { get; private set; }

        public int Count => _events.Count;

        public long Repeated { get; private set; }

        public IReadOnlyList<(long Position, long At)> Events => _events;

        public static async Task<Reader> OpenAsync(int port, string path, string cookie, CancellationToken cancellationToken)
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
            await socket.SendAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.0\r\nHost: 127.0.0.1:{port}\r\nCookie: {cookie}\r\nAccept: text/event-stream\r\n\r\n"), cancellationToken);
            var reader = new Reader(socket);
            // Up to the end of "connected"; a heart-beat may come in the same breath
            while (reader._buffer.AsSpan(0, reader._kept).IndexOf("}\n\n"u8) < 0)
            {
                var more = await socket.ReceiveAsync(reader._buffer.AsMemory(reader._kept), cancellationToken);
                reader._kept += more;
                if (more == 0) throw new BenchException($"{path}: the stream was refused: {Encoding.ASCII.GetString(reader._buffer, 0, Math.Min(reader._kept, 200))}");
            }

            var rest = reader._buffer.AsSpan(0, reader._kept)[(reader._buffer.AsSpan(0, reader._kept).IndexOf("}\n\n"u8) + 3)..];
            rest.CopyTo(reader._buffer);
            reader._kept = rest.Length;
            return reader;
        }

        public async Task ReadAsync(CancellationToken cancellationToken)
        {
            try
            {
                while (await socket.ReceiveAsync(_buffer.AsMemory(_kept), cancellationToken) is > 0 and var more)
                {
                    _kept += more;
                    Scan(TimeProvider.System.GetTimestamp());
                }
            }
            catch (Exception error) when (error is SocketException or OperationCanceledException)
            {
                // Told to stop, or the cloud has ended the stream
            }

            IsOver = true;
        }

        public void Dispose() => socket.Dispose();

        /// <summary>Frames are "id: 7\ndata: {...}\n\n"; the last one may not be whole yet.</summary>
        private void Scan(long now)
        {
            var rest = _buffer.AsSpan(0, _kept);
            while (rest.IndexOf("\n\n"u8) is >= 0 and var end)
            {
                if (rest.StartsWith("id: "u8))
                {
                    long position = 0;
                    for (var i = 4; rest[i] is >= (byte)'0' and <= (byte)'9'; i++) position = (position * 10) + rest[i] - '0';
                    if (position <= _last) Repeated++;
                    _events.Add((_last = position, now));
                }

                rest = rest[(end + 2)..];
            }

            rest.CopyTo(_buffer);
            _kept = rest.Length;
        }
    }
}
