using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Gantry.Cloud.Hosting;

/// <summary>HTTPS by the certificate files of the settings; without them, what listens is plain HTTP, for a proxy that ends TLS.</summary>
internal sealed class WebTls
{
    private const string CertificateName = "CLOUD_TLS_CERTIFICATE";
    private const string KeyName = "CLOUD_TLS_PRIVATE_KEY";

    private readonly SslStreamCertificateContext? _context;

    private WebTls(SslStreamCertificateContext? context) => _context = context;

    /// <summary>The address to listen on where none is set.</summary>
    public string DefaultUrls =>
        _context is null ? CloudSettings.DefaultUrls : CloudSettings.DefaultUrls.Replace("http://", "https://", StringComparison.Ordinal);

    /// <summary>How this host reaches itself: by its own certificate, whatever name that bears. Null where it speaks plain HTTP.</summary>
    public SslClientAuthenticationOptions? OwnAddress(string host) => _context is null ? null : new()
    {
        TargetHost = host,
        RemoteCertificateValidationCallback = (_, shown, _, _) => shown is X509Certificate2 certificate && certificate.Thumbprint == _context.TargetCertificate.Thumbprint,
    };

    /// <summary>Reads the files.</summary>
    /// <exception cref="SettingsException">They cannot be used, or no address is an https one.</exception>
    public static WebTls Read(IConfiguration configuration)
    {
        var (certificate, key) = (configuration[CertificateName] ?? "", configuration[KeyName] ?? "");
        if (certificate.Length == 0 && key.Length == 0)
            return new(null);
        if (certificate.Length == 0 || key.Length == 0)
            throw new SettingsException($"{CertificateName} and {KeyName} belong together: set both, as PEM files.");
        var urls = configuration[WebHostDefaults.ServerUrlsKey];
        if (!string.IsNullOrEmpty(urls) && !urls.Contains("https://", StringComparison.OrdinalIgnoreCase))
            throw new SettingsException($"{CertificateName} is set, but ASPNETCORE_URLS ({urls}) has no https address: write https:// there.");
        return new(Read(certificate, key));
    }

    /// <summary>Has https addresses served with it.</summary>
    public void Protect(KestrelServerOptions kestrel)
    {
        if (_context is null)
            return;
        kestrel.ConfigureHttpsDefaults(https =>
        {
            https.ServerCertificate = _context.TargetCertificate;
            https.ServerCertificateChain = [.. _context.IntermediateCertificates];
        });
    }

    private static SslStreamCertificateContext Read(string certificate, string key)
    {
        try
        {
            var chain = new X509Certificate2Collection();
            chain.ImportFromPemFile(certificate);
            if (chain.Count == 0)
                throw new SettingsException($"{CertificateName}: {certificate} holds no PEM certificate (-----BEGIN CERTIFICATE-----).");
            chain.RemoveAt(0);
            return SslStreamCertificateContext.Create(X509Certificate2.CreateFromPemFile(certificate, key), chain, offline: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"{CertificateName}, {KeyName}: {error.Message.TrimEnd('.')}.");
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException)
        {
            throw new SettingsException(
                $"{KeyName}: {key} is no PEM private key without a passphrase, or not that of {certificate} ({error.Message.TrimEnd('.')}).");
        }
    }
}
