using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Gantry.Dicom.Network;
using Gantry.Sidecar.Settings;

namespace Gantry.Sidecar.Hosting;

/// <summary>TLS of the listener and of the health check's calls to it, from the PEM files of the settings.</summary>
internal static class TlsFiles
{
    /// <summary>TLS for the listener.</summary>
    /// <exception cref="SettingsException">A file does not hold what it should.</exception>
    public static SslServerAuthenticationOptions ServerOptions(DicomTlsOptions tls)
    {
        try
        {
            return DicomTls.ServerOptions(tls.Certificate, tls.PrivateKey, Trusted(tls), tls.RequireClientCertificate);
        }
        catch (ArgumentException error)
        {
            throw new SettingsException([new("Dicom:Tls", null, null, error.Message.TrimEnd('.'))]);
        }
    }

    /// <summary>TLS for a call to ourselves: shows our certificate, and takes it alone from the other side, whatever name it bears.</summary>
    /// <exception cref="DicomNetworkException">The files cannot be read at the moment, for example because they are being replaced.</exception>
    public static SslClientAuthenticationOptions SelfOptions(DicomTlsOptions tls)
    {
        var (options, thumbprint) = ClientOptions(tls, "localhost");
        options.RemoteCertificateValidationCallback = (_, shown, _, _) =>
            shown is X509Certificate2 certificate && certificate.Thumbprint == thumbprint;
        options.CertificateChainPolicy = null;
        return options;
    }

    /// <summary>TLS for a call to the archive, which shares our files: its certificate is ours, or one that is trusted and names the host.</summary>
    /// <exception cref="DicomNetworkException">The files cannot be read at the moment, for example because they are being replaced.</exception>
    public static SslClientAuthenticationOptions ArchiveOptions(DicomTlsOptions tls, string host)
    {
        var (options, thumbprint) = ClientOptions(tls, host);
        options.RemoteCertificateValidationCallback = (_, shown, _, errors) =>
            errors == SslPolicyErrors.None || (shown is X509Certificate2 certificate && certificate.Thumbprint == thumbprint);
        return options;
    }

    private static (SslClientAuthenticationOptions Options, string Thumbprint) ClientOptions(DicomTlsOptions tls, string host)
    {
        try
        {
            var options = DicomTls.ClientOptions(host, Trusted(tls), tls.Certificate, tls.PrivateKey);
            using var own = X509Certificate2.CreateFromPem(File.ReadAllText(tls.Certificate));
            return (options, own.Thumbprint);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or CryptographicException)
        {
            throw new DicomNetworkException(
                NetworkPhase.Tls, $"The TLS files of Dicom:Tls cannot be used at the moment: {error.Message.TrimEnd('.')}.", error);
        }
    }

    private static string? Trusted(DicomTlsOptions tls) => tls.TrustedCertificates.Length == 0 ? null : tls.TrustedCertificates;
}
