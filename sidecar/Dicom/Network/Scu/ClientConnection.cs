using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Gantry.Dicom.Network;

/// <summary>Opens the way to a peer: name, TCP connection, TLS; each step's failure names its phase.</summary>
internal static class ClientConnection
{
    public static async Task<Transport> OpenAsync(
        DicomClientOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var addresses = await ResolveAsync(options, time, cancellationToken);
        var socket = await ConnectAsync(options, addresses, time, cancellationToken);
        if (options.Tls is null) return Wrap(options, socket, s => new SocketTransport(s));
        var transport = Wrap(options, socket, s => new TlsTransport(s));
        using var deadline = Deadline(options.AssociateTimeout, time, cancellationToken);
        try
        {
            await transport.Stream.AuthenticateAsClientAsync(options.Tls, deadline.Token);
            return transport;
        }
        catch (Exception e) when (e is AuthenticationException or IOException or SocketException)
        {
            transport.Dispose();
            throw Failure(options, NetworkPhase.Tls, "TLS handshake", e.InnerException?.Message ?? e.Message, e);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            transport.Dispose();
            throw Failure(options, NetworkPhase.Tls, "TLS handshake", TimedOut(options.AssociateTimeout));
        }
        catch
        {
            transport.Dispose();
            throw;
        }
    }

    private static T Wrap<T>(DicomClientOptions options, Socket socket, Func<Socket, T> wrap) where T : Transport
    {
        try
        {
            return wrap(socket);
        }
        catch (SocketException e)
        {
            socket.Dispose(); // the peer has closed it already
            throw Failure(options, NetworkPhase.Connect, "Connection", e.Message, e);
        }
    }

    /// <summary>"what with host:port failed: why".</summary>
    public static DicomNetworkException Failure(
        DicomClientOptions options, NetworkPhase phase, string what, string why, Exception? inner = null) =>
        new(phase, $"{what} with {options.Host}:{options.Port} failed: {why}", inner);

    public static string TimedOut(TimeSpan timeout) =>
        FormattableString.Invariant($"nothing came within {timeout.TotalSeconds:0.###} s");

    private static async Task<IPAddress[]> ResolveAsync(
        DicomClientOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(options.Host, out var address)) return [address];
        using var deadline = Deadline(options.ConnectTimeout, time, cancellationToken);
        try
        {
            return await Dns.GetHostAddressesAsync(options.Host, deadline.Token);
        }
        catch (SocketException e)
        {
            throw Failure(options, NetworkPhase.Resolve, "Name resolution for the association", e.Message, e);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Failure(options, NetworkPhase.Resolve, "Name resolution for the association", TimedOut(options.ConnectTimeout));
        }
    }

    // In the order given; the last one's failure is told
    private static async Task<Socket> ConnectAsync(
        DicomClientOptions options, IPAddress[] addresses, TimeProvider time, CancellationToken cancellationToken)
    {
        using var deadline = Deadline(options.ConnectTimeout, time, cancellationToken);
        Exception? last = null;
        foreach (var address in addresses)
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await socket.ConnectAsync(new IPEndPoint(address, options.Port), deadline.Token);
                return socket;
            }
            catch (SocketException e)
            {
                socket.Dispose();
                last = e;
            }
            catch (OperationCanceledException)
            {
                socket.Dispose();
                if (cancellationToken.IsCancellationRequested) throw;
                throw Failure(options, NetworkPhase.Connect, "Connection", TimedOut(options.ConnectTimeout), last);
            }
        }
        throw Failure(options, NetworkPhase.Connect, "Connection", last?.Message ?? "the name has no address", last);
    }

    private static DeadlineSource Deadline(TimeSpan timeout, TimeProvider time, CancellationToken cancellationToken) =>
        new(timeout, time, cancellationToken);

    /// <summary>A token that the caller's token or a time-out cancels.</summary>
    private sealed class DeadlineSource : IDisposable
    {
        private readonly CancellationTokenSource _timer, _linked;

        public DeadlineSource(TimeSpan timeout, TimeProvider time, CancellationToken cancellationToken)
        {
            _timer = new CancellationTokenSource(timeout, time);
            _linked = CancellationTokenSource.CreateLinkedTokenSource(_timer.Token, cancellationToken);
        }

        public CancellationToken Token => _linked.Token;

        public void Dispose()
        {
            _linked.Dispose();
            _timer.Dispose();
        }
    }
}
