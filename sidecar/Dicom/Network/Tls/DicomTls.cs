using System.Net.Security;

namespace Gantry.Dicom.Network;

/// <summary>TLS settings by the BCP 195 profile (PS3.15 B.9): TLS 1.2 and 1.3, AEAD suites with forward secrecy.</summary>
public static class DicomTls
{
    /// <summary>Options for a listener.</summary>
    /// <param name="certificateFile">PEM file with our certificate, and the rest of its chain if it has one.</param>
    /// <param name="privateKeyFile">PEM file with its private key, not encrypted.</param>
    /// <param name="trustedCertificatesFile">PEM file with the certificates that sign peers' ones; null to trust the system's.</param>
    /// <param name="requireClientCertificate">True to refuse peers without a trusted certificate.</param>
    /// <exception cref="ArgumentException">A file cannot be read or does not hold what it should; the message names it.</exception>
    public static SslServerAuthenticationOptions ServerOptions(
        string certificateFile, string privateKeyFile, string? trustedCertificatesFile = null, bool requireClientCertificate = true) =>
        throw new NotImplementedException();

    /// <summary>Options for a client.</summary>
    /// <param name="targetHost">Name that the server's certificate must bear.</param>
    /// <param name="trustedCertificatesFile">PEM file with the certificates that sign servers' ones; null to trust the system's.</param>
    /// <param name="certificateFile">PEM file with our certificate; null to show none.</param>
    /// <param name="privateKeyFile">PEM file with its private key, not encrypted.</param>
    /// <exception cref="ArgumentException">A file cannot be read or does not hold what it should; the message names it.</exception>
    public static SslClientAuthenticationOptions ClientOptions(
        string targetHost, string? trustedCertificatesFile = null, string? certificateFile = null, string? privateKeyFile = null) =>
        throw new NotImplementedException();
}
