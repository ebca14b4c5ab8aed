namespace Gantry.EndToEnd.Tests;

/// <summary>
/// Two certificate authorities made by openssl: the hospital's, with a server and a client, and a stranger's with a client.
/// </summary>
internal sealed class TestCertificates : IDisposable
{
    private readonly string _folder = GantrySystem.NewFolder();

    private TestCertificates()
    {
    }

    public string Authority => InFolder("hospital.pem");

    public string StrangersAuthority => InFolder("stranger.pem");

    public static async Task<TestCertificates> MakeAsync()
    {
        var made = new TestCertificates();
        foreach (var authority in new[] { "hospital", "stranger" })
        {
            await OpensslAsync(
                "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", $"/CN={authority} authority",
                "-keyout", made.InFolder($"{authority}.key"), "-out", made.InFolder($"{authority}.pem"));
        }
        await made.SignAsync("server", "hospital", "localhost");
        await made.SignAsync("client", "hospital", "modality");
        await made.SignAsync("intruder", "stranger", "modality");
        return made;
    }

    public string Certificate(string name) => InFolder($"{name}.pem");

    public string Key(string name) => InFolder($"{name}.key");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task SignAsync(string name, string authority, string commonName)
    {
        var extensions = InFolder($"{name}.ext");
        await File.WriteAllTextAsync(extensions, $"subjectAltName=DNS:{commonName}\n");
        await OpensslAsync(
            "req", "-newkey", "rsa:2048", "-nodes", "-subj", $"/CN={commonName}", "-keyout", Key(name), "-out", InFolder($"{name}.csr"));
        await OpensslAsync(
            "x509", "-req", "-in", InFolder($"{name}.csr"), "-CA", Certificate(authority), "-CAkey", Key(authority), "-CAcreateserial",
            "-days", "2", "-extfile", extensions, "-out", Certificate(name));
    }

    private static async Task OpensslAsync(params string[] arguments) => (await Peer.RunAsync("openssl", arguments)).MustSucceed();

    private string InFolder(string name) => Path.Combine(_folder, name);
}
