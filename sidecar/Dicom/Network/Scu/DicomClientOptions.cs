using System.Net.Security;

namespace Gantry.Dicom.Network;

/// <summary>Whom a <see cref="DicomClient"/> calls, as whom, and for what.</summary>
public sealed class DicomClientOptions
{
    /// <summary>Host name or IP address.</summary>
    public required string Host { get; set; }

    /// <summary>TCP port.</summary>
    public required int Port { get; set; }

    /// <summary>Our AE title, 1 to 16 characters. Default GANTRY.</summary>
    public string CallingAeTitle { get; set; } = "GANTRY";

    /// <summary>The peer's AE title, 1 to 16 characters. Default ANY-SCP.</summary>
    public string CalledAeTitle { get; set; } = "ANY-SCP";

    /// <summary>What to propose, at most 128. Default: verification alone.</summary>
    public IReadOnlyList<ProposedContext> Contexts { get; set; } = [new(VerificationService.SopClassUid)];

    /// <summary>Longest P-DATA-TF we take, in bytes. Default 131,072.</summary>
    public int MaximumPduLength { get; set; } = 131_072;

    /// <summary>Longest data set we take, in bytes. Default 64 MiB.</summary>
    public int MaximumDatasetLength { get; set; } = 64 << 20;

    /// <summary>For name resolution and the TCP connection. Default 10 s.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>For the TLS handshake, for the answer to the A-ASSOCIATE-RQ and to the A-RELEASE-RQ. Default 30 s.</summary>
    public TimeSpan AssociateTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>For each response to a request, and for the peer to take what is sent. Default 60 s.</summary>
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>TLS, when set; see <see cref="DicomTls"/>.</summary>
    public SslClientAuthenticationOptions? Tls { get; set; }

    /// <summary>User identity to show (PS3.7 D.3.3.7).</summary>
    public UserIdentity? UserIdentity { get; set; }

    /// <summary>SCP/SCU role selections (PS3.7 D.3.3.4).</summary>
    public IReadOnlyList<RoleSelection> RoleSelections { get; set; } = [];

    /// <summary>
    /// Serves requests the peer sends on this association: N-EVENT-REPORT of storage commitment, C-STORE of a C-GET.
    /// Others are answered with 0x0211.
    /// </summary>
    public IReadOnlyList<SopClassService> Services { get; set; } = [];
}

/// <summary>
/// A SOP class to propose, with its transfer syntaxes, best first; by default Explicit and Implicit VR Little Endian.
/// </summary>
public sealed record ProposedContext(string AbstractSyntax, params IReadOnlyList<TransferSyntax> TransferSyntaxes);
