using System.Net.Security;
using Gantry.Dicom.Network;
using Gantry.Sidecar.Settings;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Gantry.Sidecar.Web;

/// <summary>
/// The certificate of the pages and the viewer. Files that are replaced while the gateway runs are taken up within half a minute; as long
/// as they cannot be used, the certificate before them serves.
/// </summary>
internal sealed class WebCertificate
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(30);

    private readonly WebTlsOptions _tls;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private SslServerAuthenticationOptions _current;
    private (DateTime, DateTime) _written;
    private long _lookedAt;

    private WebCertificate(WebTlsOptions tls, TimeProvider time)
    {
        (_tls, _time, _lookedAt, _written) = (tls, time, time.GetTimestamp(), Written(tls));
        _current = Read(tls);
    }

    /// <summary>The certificate of the settings; null where they name none.</summary>
    /// <exception cref="SettingsException">A file does not hold what it should.</exception>
    public static WebCertificate? Open(WebTlsOptions tls, TimeProvider time)
    {
        try
        {
            return tls.IsConfigured() ? new(tls, time) : null;
        }
        catch (ArgumentException error)
        {
            throw new SettingsException([new("Web:Tls", null, null, error.Message.TrimEnd('.'))]);
        }
    }

    /// <summary>Serves what listens there by HTTPS.</summary>
    public void Protect(ListenOptions listen) =>
        listen.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = _ => ValueTask.FromResult(Current()) });

    private SslServerAuthenticationOptions Current()
    {
        lock (_lock)
        {
            if (_time.GetElapsedTime(_lookedAt) < LookAgain) return _current;
            _lookedAt = _time.GetTimestamp();
            if (Written(_tls) is var written && written == _written) return _current;
            try
            {
                _current = Read(_tls);
                _written = written;
            }
            catch (ArgumentException)
            {
                // Half written perhaps; /health tells if they stay so
            }
            return _current;
        }
    }

    private static SslServerAuthenticationOptions Read(WebTlsOptions tls)
    {
        // What is good enough for DICOM by BCP 195 is so for browsers
        var options = DicomTls.ServerOptions(tls.Certificate, tls.PrivateKey, requireClientCertificate: false);
        options.ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11];
        return options;
    }

    private static (DateTime, DateTime) Written(WebTlsOptions tls) =>
        (File.GetLastWriteTimeUtc(tls.Certificate), File.GetLastWriteTimeUtc(tls.PrivateKey));
}
