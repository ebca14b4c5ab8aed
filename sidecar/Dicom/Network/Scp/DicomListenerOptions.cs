using System.Net;
using System.Net.Security;

namespace Gantry.Dicom.Network;

/// <summary>Where a <see cref="DicomListener"/> listens, and what it grants its peers.</summary>
public sealed class DicomListenerOptions
{
    /// <summary>Addresses to listen on; port 0 takes a free one. Default: port 104 of every address.</summary>
    public IReadOnlyList<IPEndPoint> EndPoints { get; set; } = [new(IPAddress.Any, 104)];

    /// <summary>Longest P-DATA-TF we take, in bytes (PS3.8 D.1), 4,096 to 16 MiB. Default 131,072.</summary>
    public int MaximumPduLength { get; set; } = 131_072;

    /// <summary>Associations at once; more are rejected with 3/2, local limit exceeded. Default 2,000.</summary>
    public int MaximumAssociations { get; set; } = 2_000;

    /// <summary>Associations at once from one IP address; more are rejected with 3/2. Default 200.</summary>
    public int MaximumAssociationsPerPeer { get; set; } = 200;

    /// <summary>Connections at once that have not yet associated; more are closed at once. Default 500.</summary>
    public int MaximumPendingConnections { get; set; } = 500;

    /// <summary>
    /// ARTIM: the time for an A-ASSOCIATE-RQ to come, a TLS handshake included, and for a peer to close. Default 30 s.
    /// </summary>
    public TimeSpan ArtimTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>An association on which nothing happens for so long is aborted. Default 10 minutes.</summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>The time for a message to come whole, once its first byte has. Default 60 s.</summary>
    public TimeSpan MessageTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>The time for a peer to take what is sent to it. Default 60 s.</summary>
    public TimeSpan SendTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Longest data set of a request, in bytes; a longer one is refused, out of resources. Default 8 MiB.</summary>
    public int MaximumDatasetLength { get; set; } = 8 << 20;

    /// <summary>
    /// Bytes that all associations together may hold in data sets of requests; a data set for which nothing is left is
    /// refused, out of resources. At least <see cref="MaximumDatasetLength"/> in any case. Default 256 MiB.
    /// </summary>
    public long MaximumReceivedLength { get; set; } = 256 << 20;

    /// <summary>
    /// Log lines a minute about one IP address at warning, error or information level; then one line tells how many were
    /// left out. Default 60.
    /// </summary>
    public int LogLinesPerPeer { get; set; } = 60;

    /// <summary>TLS on all end points, when set; see <see cref="DicomTls"/>.</summary>
    public SslServerAuthenticationOptions? Tls { get; set; }

    /// <summary>Implementation class UID we name (PS3.7 D.3.3.2).</summary>
    public string ImplementationClassUid { get; set; } = GantryImplementation.ClassUid;

    /// <summary>Implementation version name we name, 1 to 16 characters (PS3.7 D.3.3.2).</summary>
    public string ImplementationVersionName { get; set; } = GantryImplementation.VersionName;

    internal void Validate()
    {
        Require(EndPoints.Count > 0, nameof(EndPoints), EndPoints.Count, "at least one");
        Require(MaximumPduLength is >= 4096 and <= 16 << 20, nameof(MaximumPduLength), MaximumPduLength, "4096 to 16777216");
        Require(MaximumAssociations > 0, nameof(MaximumAssociations), MaximumAssociations, "at least 1");
        Require(MaximumAssociationsPerPeer > 0, nameof(MaximumAssociationsPerPeer), MaximumAssociationsPerPeer, "at least 1");
        Require(MaximumPendingConnections > 0, nameof(MaximumPendingConnections), MaximumPendingConnections, "at least 1");
        Require(MaximumDatasetLength >= 4096, nameof(MaximumDatasetLength), MaximumDatasetLength, "at least 4096");
        Require(LogLinesPerPeer > 0, nameof(LogLinesPerPeer), LogLinesPerPeer, "at least 1");
        Require(IsTime(ArtimTimeout), nameof(ArtimTimeout), ArtimTimeout, "1 s to 1 day");
        Require(IsTime(IdleTimeout), nameof(IdleTimeout), IdleTimeout, "1 s to 1 day");
        Require(IsTime(MessageTimeout), nameof(MessageTimeout), MessageTimeout, "1 s to 1 day");
        Require(IsTime(SendTimeout), nameof(SendTimeout), SendTimeout, "1 s to 1 day");
        Require(DicomUid.IsValid(ImplementationClassUid), nameof(ImplementationClassUid), ImplementationClassUid, "a UID");
        Require(
            ImplementationVersionName.Length is >= 1 and <= 16, nameof(ImplementationVersionName), ImplementationVersionName,
            "1 to 16 characters");
    }

    private static bool IsTime(TimeSpan value) => value >= TimeSpan.FromSeconds(1) && value <= TimeSpan.FromDays(1);

    private static void Require(bool isMet, string name, object value, string allowed)
    {
        if (!isMet) throw new ArgumentException($"{name} is {value}; allowed: {allowed}.", name);
    }
}
