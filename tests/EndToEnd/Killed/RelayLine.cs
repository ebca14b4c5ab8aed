using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Gantry.EndToEnd.Tests.Killed;

/// <summary>
/// The line between the hospital and the relay, which can be cut, and can go dead: then its connections stay open and carry nothing any
/// more, as behind a firewall that has forgotten them. Connections that were dead once stay dead.
/// </summary>
internal sealed class RelayLine : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<Connection, Task> _connections = new();
    private readonly Task _accepting;
    private volatile State _state;

    /// <param name="target">The relay's port on this machine.</param>
    public RelayLine(int target)
    {
        _listener.Start();
        _accepting = AcceptAsync(target);
    }

    private enum State
    {
        Whole,
        Cut,
        Dead,
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Connections that were taken so far.</summary>
    public int Taken { get; private set; }

    /// <summary>Every connection breaks, and no new one holds.</summary>
    public void Cut()
    {
        _state = State.Cut;
        foreach (var (connection, _) in _connections)
            connection.Break();
    }

    /// <summary>Every connection stays open and carries nothing more; so do new ones.</summary>
    public void GoDead()
    {
        _state = State.Dead;
        foreach (var (connection, _) in _connections)
            connection.IsDead = true;
    }

    /// <summary>New connections work again.</summary>
    public void Mend() => _state = State.Whole;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        foreach (var (connection, carrying) in _connections)
        {
            connection.Break();
            await carrying;
        }
        _stop.Dispose();
    }

    private async Task AcceptAsync(int target)
    {
        try
        {
            while (true)
            {
                var near = await _listener.AcceptSocketAsync(_stop.Token);
                Taken++;
                if (_state == State.Cut)
                {
                    near.Dispose();
                    continue;
                }
                var far = new Socket(SocketType.Stream, ProtocolType.Tcp);
                var connection = new Connection(near, far) { IsDead = _state == State.Dead };
                _connections[connection] = CarryAsync(connection, target);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The end
        }
    }

    private async Task CarryAsync(Connection connection, int target)
    {
        try
        {
            await connection.Far.ConnectAsync(IPAddress.Loopback, target, _stop.Token);
            var there = connection.CopyAsync(connection.Near, connection.Far, _stop.Token);
            var back = connection.CopyAsync(connection.Far, connection.Near, _stop.Token);
            await Task.WhenAll(there, back);
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Nobody is there, or the line was cut
        }
        connection.Break();
    }

    private sealed class Connection(Socket near, Socket far)
    {
        public Socket Near => near;

        public Socket Far => far;

        public volatile bool IsDead;

        public void Break()
        {
            // A reset, not a polite end
            foreach (var socket in new[] { near, far })
                socket.Close(timeout: 0);
        }

        public async Task CopyAsync(Socket from, Socket to, CancellationToken cancellationToken)
        {
            var buffer = new byte[64 << 10];
            try
            {
                while (await from.ReceiveAsync(buffer, cancellationToken) is > 0 and var count)
                {
                    for (var sent = 0; sent < count && !IsDead;)
                        sent += await to.SendAsync(buffer.AsMemory(sent, count - sent), cancellationToken);
                }
                if (!IsDead)
                    to.Shutdown(SocketShutdown.Send);
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException)
            {
                // A dead line tells neither side that the other has gone
                if (!IsDead)
                    Break();
            }
        }
    }
}
