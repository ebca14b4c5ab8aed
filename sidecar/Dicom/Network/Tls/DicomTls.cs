using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Gantry.Dicom.Network;

/// <summary>TLS settings by the BCP 195 profile (PS3.15 B.9): TLS 1.2 and 1.3, AEAD suites with forward secrecy.</summary>
public static class DicomTls
{
    private const SslProtocols Versions = SslProtocols.Tls12 | SslProtocols.Tls13;

    // On Windows the system's own policy holds, which .NET cannot narrow
    private static readonly CipherSuitesPolicy? Suites = OperatingSystem.IsLinux() || OperatingSystem.IsMacOS()
        ? new CipherSuitesPolicy(
        [
            TlsCipherSuite.TLS_AES_256_GCM_SHA384,
            TlsCipherSuite.TLS_AES_128_GCM_SHA256,
            TlsCipherSuite.TLS_CHACHA20_POLY1305_SHA256,
            TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
            TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
            TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
            TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
            TlsCipherSuite.TLS_DHE_RSA_WITH_AES_256_GCM_SHA384,
            TlsCipherSuite.TLS_DHE_RSA_WITH_AES_128_GCM_SHA256,
        ])
        : null;

    /// <summary>Options for a listener.</summary>
    /// <param name="certificateFile">PEM file with our certificate, and the rest of its chain if it has one.</param>
    /// <param name="privateKeyFile">PEM file with its private key, not encrypted.</param>
    /// <param name="trustedCertificatesFile">PEM file with the certificates that sign peers' ones; null to trust the
    /// system's.</param>
    /// <param name="requireClientCertificate">True to refuse peers without a trusted certificate.</param>
    /// <exception cref="ArgumentException">A file cannot be read or does not hold what it should; the message names
    /// it.</exception>
    public static SslServerAuthenticationOptions ServerOptions(
        string certificateFile, string privateKeyFile, string? trustedCertificatesFile = null,
        bool requireClientCertificate = true) => new()
        {
            ServerCertificateContext = Own(certificateFile, privateKeyFile),
            ClientCertificateRequired = requireClientCertificate,
            EnabledSslProtocols = Versions,
            CipherSuitesPolicy = Suites,
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
            CertificateChainPolicy = requireClientCertificate ? Trust(trustedCertificatesFile) : null,
            AllowRenegotiation = false,
        };

    /// <summary>Options for a client.</summary>
    /// <param name="targetHost">Name that the server's certificate must bear.</param>
    /// <param name="trustedCertificatesFile">PEM file with the certificates that sign servers' ones; null to trust the
    /// system's.</param>
    /// <param name="certificateFile">PEM file with our certificate; null to show none.</param>
    /// <param name="privateKeyFile">PEM file with its private key, not encrypted; null only without a certificate.</param>
    /// <exception cref="ArgumentException">A file cannot be read or does not hold what it should; the message names
    /// it.</exception>
    public static SslClientAuthenticationOptions ClientOptions(
        string targetHost, string? trustedCertificatesFile = null, string? certificateFile = null, string? privateKeyFile = null)
    {
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = targetHost,
            EnabledSslProtocols = Versions,
            CipherSuitesPolicy = Suites,
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
            CertificateChainPolicy = Trust(trustedCertificatesFile),
            AllowRenegotiation = false,
        };
        if (certificateFile is null) return options;
        options.ClientCertificateContext = Own(
            certificateFile,
            privateKeyFile ?? throw new ArgumentException(
                $"The TLS certificate '{certificateFile}' needs a private key file.", nameof(privateKeyFile)));
        return options;
    }

    private static SslStreamCertificateContext Own(string certificateFile, string privateKeyFile)
    {
        var chain = ReadAll(certificateFile, "TLS certificate");
        var keyText = ReadText(privateKeyFile, "TLS private key");
        try
        {
            var own = X509Certificate2.CreateFromPem(ReadText(certificateFile, "TLS certificate"), keyText);
            if (OperatingSystem.IsWindows())
            {
                // Its TLS does not take keys that live in memory alone
                using var inMemory = own;
                own = X509CertificateLoader.LoadPkcs12(inMemory.Export(X509ContentType.Pkcs12), null);
            }
            chain.RemoveAt(0);
            return SslStreamCertificateContext.Create(own, chain, offline: true);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            // A key of another kind than the certificate's is an ArgumentException
            throw new ArgumentException(
                $"The TLS private key '{privateKeyFile}' is no PEM private key without a passphrase, or not that of "
                + $"'{certificateFile}': {e.Message}", e);
        }
    }

    private static X509ChainPolicy Trust(string? trustedCertificatesFile)
    {
        var policy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck };
        if (trustedCertificatesFile is null) return policy;
        policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        // A peer's own self-signed certificate may be listed too, as is usual between two devices
        policy.CustomTrustStore.AddRange(ReadAll(trustedCertificatesFile, "trusted TLS certificates"));
        return policy;
    }

    private static X509Certificate2Collection ReadAll(string file, string what)
    {
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPem(ReadText(file, what));
        }
        catch (CryptographicException e)
        {
            throw new ArgumentException($"The {what} file '{file}' holds a certificate that cannot be read: {e.Message}", e);
        }
        return certificates.Count > 0
            ? certificates
            : throw new ArgumentException($"The {what} file '{file}' holds no PEM certificate (-----BEGIN CERTIFICATE-----).");
    }

    private static string ReadText(string file, string what)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ArgumentException($"The {what} file '{file}' cannot be read: {e.Message}", e);
        }
    }
}
