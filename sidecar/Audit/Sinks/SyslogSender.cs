using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Gantry.Audit.Sinks;

/// <summary>Sends messages by RFC 5424 as PS3.15 A.6 has it: MSGID DICOM+RFC3881, the XML after a byte order mark, which says that it is UTF-8.</summary>
internal sealed class SyslogSender(SyslogAddress address, AuditTrailOptions options, TimeProvider time) : IAuditSink
{
    // Facility 10 (security), severity 5 (notice)
    private const int Priority = (10 * 8) + 5;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly string _header =
        $" {Printable(Environment.MachineName, 255)} {Printable(options.Program, 48)} {Environment.ProcessId} DICOM+RFC3881 - \uFEFF";

    private Socket? _datagrams;
    private TcpClient? _connection;
    private Stream? _stream;

    public string Place => address.ToString();

    /// <summary>A message with its header.</summary>
    public byte[] Frame(string message)
    {
        var text = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $"<{Priority}>1 {time.GetUtcNow().UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}{_header}{message}"));
        return address.Transport == SyslogTransport.Udp ? text : [.. Encoding.ASCII.GetBytes($"{text.Length} "), .. text];
    }

    public async Task WriteAsync(IReadOnlyList<string> messages, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            if (address.Transport == SyslogTransport.Udp)
            {
                foreach (var message in messages)
                    await (await DatagramsAsync(limit.Token).ConfigureAwait(false)).SendAsync(Frame(message), limit.Token).ConfigureAwait(false);
                return;
            }
            var stream = await StreamAsync(limit.Token).ConfigureAwait(false);
            await stream.WriteAsync(messages.SelectMany(Frame).ToArray(), limit.Token).ConfigureAwait(false);
            await stream.FlushAsync(limit.Token).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            await DisposeAsync().ConfigureAwait(false);
            if (error is OperationCanceledException && !cancellationToken.IsCancellationRequested)
                throw new TimeoutException($"{address} did not take the messages in {Patience.TotalSeconds:0} seconds.");
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _datagrams?.Dispose();
        if (_stream is { } stream)
            await stream.DisposeAsync().ConfigureAwait(false);
        _connection?.Dispose();
        (_datagrams, _stream, _connection) = (null, null, null);
    }

    private async ValueTask<Socket> DatagramsAsync(CancellationToken cancellationToken)
    {
        if (_datagrams is null)
        {
            _datagrams = new Socket(SocketType.Dgram, ProtocolType.Udp);
            await _datagrams.ConnectAsync(address.Host, address.Port, cancellationToken).ConfigureAwait(false);
        }
        return _datagrams;
    }

    private async ValueTask<Stream> StreamAsync(CancellationToken cancellationToken)
    {
        // A server that has closed its end takes one more write without complaint, and it would be lost
        if (_stream is not null && _connection!.Client.Poll(0, SelectMode.SelectRead) && _connection.Available == 0)
            await DisposeAsync().ConfigureAwait(false);
        if (_stream is not null)
            return _stream;
        _connection = new TcpClient();
        await _connection.ConnectAsync(address.Host, address.Port, cancellationToken).ConfigureAwait(false);
        _stream = _connection.GetStream();
        if (address.Transport == SyslogTransport.Tls)
        {
            var tls = new SslStream(_stream);
            _stream = tls;
            await tls.AuthenticateAsClientAsync(Trust(), cancellationToken).ConfigureAwait(false);
        }
        return _stream;
    }

    private SslClientAuthenticationOptions Trust()
    {
        var trust = new SslClientAuthenticationOptions { TargetHost = address.Host };
        if (options.TrustedCertificates is { Length: > 0 } file)
        {
            var chain = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            chain.CustomTrustStore.ImportFromPemFile(file);
            trust.CertificateChainPolicy = chain;
        }
        return trust;
    }

    /// <summary>RFC 5424 6.2: printable ASCII without blanks.</summary>
    private static string Printable(string text, int longest)
    {
        var clean = new string([.. text.Where(c => c is > ' ' and <= '~').Take(longest)]);
        return clean.Length == 0 ? "-" : clean;
    }
}
