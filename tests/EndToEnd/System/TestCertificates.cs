namespace Gantry.EndToEnd.Tests;

/// <summary>
/// Two certificate authorities made by <c>compose/certificates</c>: the hospital's, with a server and a client, and a stranger's with a client.
/// </summary>
internal sealed class TestCertificates : IDisposable
{
    private readonly string _folder = GantrySystem.NewFolder();

    private TestCertificates()
    {
    }

    public string Authority => InFolder("hospital", "ca.crt");

    public string StrangersAuthority => InFolder("stranger", "ca.crt");

    public static async Task<TestCertificates> MakeAsync()
    {
        var made = new TestCertificates();
        foreach (var (authority, client) in new[] { ("hospital", "client"), ("stranger", "intruder") })
        {
            (await Peer.RunAsync(Path.Combine(GantrySystem.Root, "compose", "certificates"), [Path.Combine(made._folder, authority), "--client", client]))
                .MustSucceed();
        }
        return made;
    }

    public string Certificate(string name) => InFolder(AuthorityOf(name), $"{name}.crt");

    public string Key(string name) => InFolder(AuthorityOf(name), $"{name}.key");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string AuthorityOf(string name) => name == "intruder" ? "stranger" : "hospital";

    private string InFolder(string authority, string name) => Path.Combine(_folder, authority, name);
}
