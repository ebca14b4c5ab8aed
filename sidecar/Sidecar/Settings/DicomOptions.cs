using System.ComponentModel.DataAnnotations;

namespace Gantry.Sidecar.Settings;

/// <summary>Section <c>Dicom</c>: the listeners for worklist and MPPS.</summary>
internal sealed class DicomOptions : IValidatableObject
{
    /// <summary>The sidecar's own AE title; orthanc.json's <c>MPPSAet</c>.</summary>
    [Required, AeTitle]
    public string AeTitle { get; init; } = "WORKLISTS";

    /// <summary>The ports that answer; orthanc.json's <c>DicomPortMPPS</c>.</summary>
    [Required, MinLength(1), Port]
    public IReadOnlyList<int> Ports { get; init; } = [5243, 4243];

    /// <summary>Addresses to listen on; empty is 0.0.0.0, or 127.0.0.1 in demo mode.</summary>
    [IpAddress]
    public IReadOnlyList<string> BindAddresses { get; init; } = [];

    /// <summary>The largest P-DATA-TF that we take, in bytes (PS3.8 D.1).</summary>
    [Range(4096, 1 << 24)]
    public int MaximumPduLength { get; init; } = 131072;

    /// <summary>Associations open at once, all peers together.</summary>
    [Range(1, 100_000)]
    public int MaximumAssociations { get; init; } = 2000;

    /// <summary>Associations open at once from one address.</summary>
    [Range(1, 100_000)]
    public int MaximumAssociationsPerPeer { get; init; } = 200;

    /// <summary>Most connections that have not asked for an association yet; more are closed at once.</summary>
    [Range(1, 100_000)]
    public int MaximumPendingConnections { get; init; } = 500;

    /// <summary>The longest data set of a request, in bytes.</summary>
    [Range(64 * 1024, 1 << 30)]
    public int MaximumDatasetLength { get; init; } = 8 * 1024 * 1024;

    /// <summary>The data sets that all associations together may hold, in bytes.</summary>
    [Range(1L << 20, 1L << 40)]
    public long MaximumReceivedLength { get; init; } = 256 * 1024 * 1024;

    /// <summary>Lines a minute that one address may cause in the log; what is left out is counted.</summary>
    [Range(1, 100_000)]
    public int LogLinesPerPeer { get; init; } = 60;

    /// <summary>
    /// Answers on the thread that found the request, which costs a third less processor time for each query. It holds for every
    /// socket of the process, so nothing in it may block after it has waited for a socket.
    /// </summary>
    public bool InlineCompletions { get; init; }

    /// <summary>ARTIM: how long a connection may stay without an association (PS3.8 9.1.5).</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan ArtimTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long an association may stay silent.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "1.00:00:00")]
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a message may take to come whole, once its first byte has.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan MessageTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a peer may take to receive what we send.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan SendTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long running requests may finish at a stop.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Only callers that <see cref="Modalities"/> names get an association; orthanc.json's <c>DicomCheckCallingAet</c>.</summary>
    public bool CheckCallingAeTitle { get; init; }

    /// <summary>Only calls to <see cref="AeTitle"/> get an association; orthanc.json's <c>DicomCheckCalledAet</c>.</summary>
    public bool CheckCalledAeTitle { get; init; }

    /// <summary>Callers must also come from the host that <see cref="Modalities"/> gives; orthanc.json's <c>DicomCheckModalityHost</c>.</summary>
    public bool CheckModalityHost { get; init; }

    /// <summary>AE titles that differ in case only are taken as the same, which the standard does not (PS3.5 6.2).</summary>
    public bool IgnoreAeTitleCase { get; init; }

    /// <summary>The known modalities; orthanc.json's <c>DicomModalities</c>.</summary>
    public IReadOnlyList<ModalityOptions> Modalities { get; init; } = [];

    /// <summary>DICOM over TLS.</summary>
    public DicomTlsOptions Tls { get; init; } = new();

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Ports.Where(port => port != 0).GroupBy(port => port).FirstOrDefault(group => group.Count() > 1) is { } twice)
            yield return new($"port {twice.Key} stands here more than once", [nameof(Ports)]);
        if ((CheckCallingAeTitle || CheckModalityHost) && Modalities.Count == 0)
        {
            yield return new(
                "checking is switched on but no modality is known, so nobody could connect; name them in DicomModalities of orthanc.json",
                [CheckCallingAeTitle ? nameof(CheckCallingAeTitle) : nameof(CheckModalityHost)]);
        }
    }
}

/// <summary>A known modality: an entry of orthanc.json's <c>DicomModalities</c>.</summary>
internal sealed class ModalityOptions
{
    /// <summary>The symbolic name, for people.</summary>
    [Required]
    public string Name { get; init; } = "";

    /// <summary>The AE title that it calls with.</summary>
    [Required, AeTitle]
    public string AeTitle { get; init; } = "";

    /// <summary>Its address or host name.</summary>
    [Required]
    public string Host { get; init; } = "";

    /// <summary>The port that it answers on.</summary>
    [Port]
    public int Port { get; init; } = 104;
}

/// <summary>Section <c>Dicom:Tls</c>, with the files that Orthanc has too (its keys <c>DicomTls...</c>).</summary>
internal sealed class DicomTlsOptions : IValidatableObject
{
    /// <summary>Every listener speaks TLS.</summary>
    public bool Enabled { get; init; }

    /// <summary>Our certificate, PEM.</summary>
    [ExistingFile]
    public string Certificate { get; init; } = "";

    /// <summary>Its private key, PEM, without a pass phrase.</summary>
    [ExistingFile]
    public string PrivateKey { get; init; } = "";

    /// <summary>Certificates of the authorities (or peers) that clients are checked against, PEM.</summary>
    [ExistingFile]
    public string TrustedCertificates { get; init; } = "";

    /// <summary>Clients must show a certificate; orthanc.json's <c>DicomTlsRemoteCertificateRequired</c>.</summary>
    public bool RequireClientCertificate { get; init; } = true;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Enabled)
            yield break;
        if (Certificate.Length == 0)
            yield return new("TLS is switched on, so the PEM file of our certificate is needed", [nameof(Certificate)]);
        if (PrivateKey.Length == 0)
            yield return new("TLS is switched on, so the PEM file of our private key is needed", [nameof(PrivateKey)]);
        if (RequireClientCertificate && TrustedCertificates.Length == 0)
        {
            yield return new(
                "client certificates are required, so the PEM file of the authorities to trust is needed; "
                + "or set Dicom:Tls:RequireClientCertificate to false", [nameof(TrustedCertificates)]);
        }
    }
}
