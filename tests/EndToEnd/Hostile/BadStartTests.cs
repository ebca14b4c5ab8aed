using System.Net;
using System.Net.Sockets;

namespace Gantry.EndToEnd.Tests.Hostile;

/// <summary>
/// What is wrong around the real program when it starts: one sentence that names it and the way out, an exit status that service managers
/// know, and never a stack trace.
/// </summary>
public sealed class BadStartTests
{
    [Theory]
    // A volume without permission
    [InlineData(69, "/proc/gantry/worklist.db", "WORKLIST_DB_PATH", "/proc/gantry/worklist.db")]
    [InlineData(69, "cannot be opened", "WORKLIST_DB_PATH", "/proc")]
    [InlineData(78, "Accounts:KeyFolder is '/proc/gantry-keys'", "Accounts__KeyFolder", "/proc/gantry-keys", "Accounts__Enabled", "true", "Accounts__Users__0__Name", "admin", "Accounts__Users__0__PasswordHash", Hash)]
    // A database that is away
    [InlineData(69, "cannot be reached", "Worklist__Postgres", "Host=127.0.0.1;Port=1;Database=x;Username=x;Password=of-our-own")]
    [InlineData(69, "cannot be read. It has the form Host=", "Worklist__Postgres", "of-our-own")]
    // A missing variable, and secrets
    [InlineData(78, "AZURE_RELAY_SHARED_ACCESS_KEY", "AZURE_RELAY_NAMESPACE", "ws://localhost:8000")]
    [InlineData(78, "ORTHANC_PASSWORD_FILE", "ORTHANC_PASSWORD_FILE", "/nowhere/secret")]
    [InlineData(78, "set ORTHANC_PASSWORD (or ORTHANC_PASSWORD_FILE)", "ORTHANC_PASSWORD", "orthanc")]
    [InlineData(78, "set twice", "EMR_PASSWORD", "of-our-own", "EMR_PASSWORD_FILE", "/etc/hostname")]
    // An address that is not ours, a certificate that is none
    [InlineData(69, "Dicom:BindAddresses", "Dicom__BindAddresses", "192.0.2.1")]
    [InlineData(78, "Dicom:Tls", "Dicom__Tls__Enabled", "true", "Dicom__Tls__Certificate", "/etc/hostname", "Dicom__Tls__PrivateKey", "/etc/hostname", "Dicom__Tls__RequireClientCertificate", "false")]
    public async Task One_sentence_names_it(int status, string words, params string[] settings)
    {
        var stopped = await SidecarAlone.RunAsync([.. settings.Chunk(2).Select(pair => (pair[0], pair[1]))]);

        Assert.Equal(status, stopped.Status);
        Assert.Contains(words, stopped.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("of-our-own", stopped.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", stopped.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Web__Port", "web")]
    [InlineData("Viewer__Port", "viewer")]
    public async Task A_port_of_the_pages_that_is_taken_is_named_with_its_setting(string name, string use)
    {
        using var squatter = new TcpListener(IPAddress.Loopback, 0);
        squatter.Start();
        var port = ((IPEndPoint)squatter.LocalEndpoint).Port;

        var stopped = await SidecarAlone.RunAsync((name, $"{port}"), ("Viewer__Enabled", "true"), ("Viewer__BindAddresses", "127.0.0.1"), name == "Web__Port" ? ("Viewer__Port", "0") : ("Web__Port", "0"));

        Assert.Equal(69, stopped.Status);
        Assert.Contains($"Port {port} ({use}) is in use by", stopped.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", stopped.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_worklist_of_a_newer_program_is_named_and_left_as_it_is()
    {
        var file = Path.Combine(Path.GetTempPath(), $"gantry-newer-{Guid.NewGuid():N}.db");
        (await Peer.ShellAsync($"sqlite3 {file} \"CREATE TABLE schema_version (version INTEGER, applied_at TEXT); INSERT INTO schema_version VALUES (99, '')\"")).MustSucceed();

        var stopped = await SidecarAlone.RunAsync(("WORKLIST_DB_PATH", file));

        Assert.Equal(69, stopped.Status);
        Assert.Contains("schema version 99, written by a newer Gantry", stopped.Output, StringComparison.Ordinal);
        Assert.Equal("99", (await Peer.ShellAsync($"sqlite3 {file} 'SELECT max(version) FROM schema_version'")).Output);
        File.Delete(file);
    }

    // 'accounts hash' of a password that nobody knows
    private const string Hash = "AQAAAAIAAYagAAAAEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEA==";
}
