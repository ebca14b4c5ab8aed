namespace Gantry.Containers.Tests;

/// <summary>
/// The same with TLS everywhere, set as compose/README.md says: DICOM, pages, viewer, the clinic's web app and the relay, with files
/// that compose/certificates made.
/// </summary>
public sealed class SecureSystem : ContainerSystem
{
    private const string Inside = "/etc/orthanc/certificates";

    private readonly string _folder;

    public SecureSystem()
        : this(Directory.CreateTempSubdirectory("gantry-tls-").FullName)
    {
    }

    private SecureSystem(string folder)
        : base(new Dictionary<string, string>
        {
            ["GANTRY_ORTHANC_JSON"] = Path.Combine(folder, "orthanc.json"), ["GANTRY_CERTIFICATES"] = Path.Combine(folder, "tls", "containers"),
            ["GANTRY_SETTINGS"] = Path.Combine(folder, "settings.env"), ["CLOUD_TLS_CERTIFICATE"] = $"{Inside}/server.crt",
            ["CLOUD_TLS_PRIVATE_KEY"] = $"{Inside}/server.key",
            ["GANTRY_WEB_HOOK"] = "https://orthanc-worklists:8043/api/orthanc/new-instance",
        }) => _folder = folder;

    /// <summary>A file that compose/certificates made, such as ca.crt.</summary>
    internal string Certificate(string name) => Path.Combine(_folder, "tls", name);

    public override async Task InitializeAsync()
    {
        (await Peer.RunAsync(Path.Combine(Compose.Root, "compose", "certificates"), [Path.Combine(_folder, "tls"), "--containers"])).MustSucceed();
        await File.WriteAllTextAsync(Path.Combine(_folder, "orthanc.json"), (await File.ReadAllTextAsync(Path.Combine(Compose.Root, "orthanc.json"))).Replace(
            "\"DicomAet\": \"ORTHANC\",",
            """
            "DicomAet": "ORTHANC", "DicomTlsEnabled": true, "DicomTlsCertificate": "certificates/server.crt",
            "DicomTlsPrivateKey": "certificates/server.key", "DicomTlsTrustedCertificates": "certificates/ca.crt",
            """, StringComparison.Ordinal));
        await File.WriteAllTextAsync(Path.Combine(_folder, "settings.env"), $"""
            Demo__Enabled=true
            SSL_CERT_FILE={Inside}/ca.crt
            Web__Tls__Certificate={Inside}/server.crt
            Web__Tls__PrivateKey={Inside}/server.key
            """);
        await base.InitializeAsync();
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
