using System.Net.Security;
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
    public static SslClientAuthenticationOptions SelfOptions(DicomTlsOptions tls)
    {
        var options = DicomTls.ClientOptions("localhost", Trusted(tls), tls.Certificate, tls.PrivateKey);
        using var own = X509Certificate2.CreateFromPem(File.ReadAllText(tls.Certificate));
        var thumbprint = own.Thumbprint;
        options.RemoteCertificateValidationCallback = (_, shown, _, _) =>
            shown is X509Certificate2 certificate && certificate.Thumbprint == thumbprint;
        options.CertificateChainPolicy = null;
        return options;
    }

    /// <summary>TLS for a call to the archive, which shares our files: its certificate is ours, or one that is trusted and names the host.</summary>
    public static SslClientAuthenticationOptions ArchiveOptions(DicomTlsOptions tls, string host)
    {
        var options = DicomTls.ClientOptions(host, Trusted(tls), tls.Certificate, tls.PrivateKey);
        using var own = X509Certificate2.CreateFromPem(File.ReadAllText(tls.Certificate));
        var thumbprint = own.Thumbprint;
        options.RemoteCertificateValidationCallback = (_, shown, _, errors) =>
            errors == SslPolicyErrors.None || (shown is X509Certificate2 certificate && certificate.Thumbprint == thumbprint);
        return options;
    }

    private static string? Trusted(DicomTlsOptions tls) => tls.TrustedCertificates.Length == 0 ? null : tls.TrustedCertificates;
}
