using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Gantry.EndToEnd.Tests.Services;

/// <summary>
/// <c>compose/install</c> lays everything out under a folder, and its services' own command lines start the system from there. That systemd
/// itself starts them is not tried here: it does not run where tests do.
/// </summary>
public sealed class InstallTests : IDisposable
{
    // A unit's command line takes no folder with blanks
    private readonly string _folder = Directory.CreateTempSubdirectory("gantry-install-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task What_is_installed_starts_by_the_services_own_command_lines_and_an_upgrade_keeps_settings_and_data()
    {
        await InstallAsync();
        var ports = Ports.Free();
        Edit("orthanc.json", file =>
        {
            var settings = JsonNode.Parse(file, documentOptions: new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true })!;
            (settings["DicomPort"], settings["HttpPort"]) = (ports.Archive, ports.ArchiveWeb);
            settings["DicomPortMPPS"] = ports.Worklist;
            return settings.ToJsonString();
        });
        Edit("gantry.env", file => $"{file}Web__Port={ports.SidecarWeb}\nViewer__Enabled=false\nDicom__BindAddresses=127.0.0.1\n");
        // The second installation takes up what was edited
        await InstallAsync();
        Edit("gantry.env", file => $"{file}ORTHANC_URL=http://127.0.0.1:{ports.ArchiveWeb}\n");

        await using (var orthanc = Start("gantry-orthanc"))
        await using (var sidecar = Start("gantry-sidecar"))
        {
            await sidecar.SeesAsync("Listening for DICOM on", TimeSpan.FromSeconds(60));
            await GantryAsync("worklist", "add", "--accession", "KEPT1", "--patient-id", "P1", "--name", "SMITH^JANE", "--modality", "MG");
            using var http = new HttpClient();
            var health = "";
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            while (!health.Contains("\"name\":\"archive\",\"status\":\"healthy\"", StringComparison.Ordinal))
                health = await http.GetStringAsync(new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{ports.SidecarWeb}/health")), patience.Token);
        }

        await InstallAsync();
        Assert.Contains("KEPT1", (await GantryAsync("worklist", "show", "KEPT1")).Output, StringComparison.Ordinal);
        Assert.Contains($"Web__Port={ports.SidecarWeb}", File.ReadAllText(Path.Combine(_folder, "etc/gantry/gantry.env")), StringComparison.Ordinal);

        (await InstallAsync("--uninstall")).MustSucceed();
        Assert.False(Directory.Exists(Path.Combine(_folder, "opt/gantry")));
        Assert.True(File.Exists(Path.Combine(_folder, "var/lib/gantry/worklist.db")));
    }

    [Fact]
    public async Task Systemd_understands_the_units_and_what_is_secret_is_for_its_service_alone()
    {
        await InstallAsync();

        foreach (var unit in new[] { "gantry-orthanc", "gantry-sidecar" })
        {
            var verified = await Peer.RunAsync("systemd-analyze", ["verify", "--recursive-errors=no", UnitFile(unit)]);
            Assert.True(verified.Status == 0, verified.Output);
        }
        foreach (var secret in new[] { "var/lib/gantry/secrets/orthanc", "var/lib/gantry/run/config/orthanc.json" })
            Assert.Equal("600", (await Peer.RunAsync("stat", ["-c", "%a", Path.Combine(_folder, secret)])).Output.Trim());
        Assert.DoesNotContain(File.ReadAllText(Path.Combine(_folder, "var/lib/gantry/secrets/orthanc")).Trim(), File.ReadAllText(UnitFile("gantry-sidecar")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_web_app_wants_its_first_administrator_before_anything_is_changed()
    {
        var refused = await Peer.RunAsync(Script, ["--prefix", _folder, "--cloud", "--no-start", "--sidecar", Path.GetDirectoryName(GantrySystem.SidecarProgram)!]);

        Assert.Equal(2, refused.Status);
        Assert.Contains("CLOUD_ADMIN_EMAIL", refused.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_folder, "opt/gantry/sidecar")));
    }

    [Fact]
    public async Task A_certificate_that_the_user_of_the_services_may_not_read_is_named_before_they_start()
    {
        foreach (var file in new[] { "server.crt", "server.key" })
            File.WriteAllText(Path.Combine(_folder, file), "-----BEGIN CERTIFICATE-----\n");
        File.WriteAllText(Path.Combine(_folder, "orthanc.json"), new JsonObject
        {
            ["DicomTlsEnabled"] = true, ["DicomTlsCertificate"] = Path.Combine(_folder, "server.crt"), ["DicomTlsPrivateKey"] = Path.Combine(_folder, "server.key"),
        }.ToJsonString());

        // Root may read everything, and is not who runs the services
        var refused = await Peer.RunAsync("bash", ["-c", """
            cd "$0" && source compose/lib/say.sh && source compose/lib/orthanc-json.sh
            chmod 000 "${1%/*}"/server.*
            if ((EUID == 0)); then orthanc_user=nobody; fi
            require_dicom_tls "$1" 2 "a hint"
            """, GantrySystem.Root, Path.Combine(_folder, "orthanc.json")]);

        Assert.Equal(2, refused.Status);
        Assert.Contains("DicomTlsCertificate of orthanc.json means", refused.Output, StringComparison.Ordinal);
        Assert.Contains("can read", refused.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"ServeFolders":{"/docs":"/srv/docs"}}""")]
    public async Task A_configuration_of_Orthanc_without_our_links_to_the_viewer_gets_none(string own)
    {
        var adjusted = await Peer.RunAsync("bash", ["-c", """
            cd "$0" && source compose/lib/say.sh && source compose/lib/orthanc-json.sh
            jq -c --argjson moves '{}' --argjson plugins '{}' --arg tls false "$adjusting ohif_links_in(\"/data/.x\")" <<<"$1"
            """, GantrySystem.Root, own]);

        Assert.Equal(own, adjusted.Output.Trim());
    }

    private static string Script => Path.Combine(GantrySystem.Root, "compose", "install");

    private async Task<PeerResult> InstallAsync(params string[] more)
    {
        var result = await Peer.RunAsync(Script, ["--prefix", _folder, "--sidecar", Path.GetDirectoryName(GantrySystem.SidecarProgram)!, .. more]);
        result.MustSucceed();
        return result;
    }

    private async Task<PeerResult> GantryAsync(params string[] arguments)
    {
        var result = await Peer.RunAsync(Path.Combine(_folder, "usr/local/bin/gantry"), arguments);
        result.MustSucceed();
        return result;
    }

    private void Edit(string name, Func<string, string> change)
    {
        var file = Path.Combine(_folder, "etc/gantry", name);
        File.WriteAllText(file, change(File.ReadAllText(file)));
    }

    private string UnitFile(string unit) => Path.Combine(_folder, "etc/systemd/system", $"{unit}.service");

    /// <summary>What systemd would start: the unit's command line in its environment and folder.</summary>
    private Peer Start(string unit)
    {
        var lines = File.ReadAllLines(UnitFile(unit));
        string[] Values(string key) => [.. lines.Where(line => line.StartsWith(key + "=", StringComparison.Ordinal)).Select(line => line[(key.Length + 1)..])];
        var command = Values("ExecStart").Single().Split(' ');
        var environment = Values("Environment").SelectMany(line => line.Split(' ')).Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        return Peer.Start(command[0], command[1..], Values("WorkingDirectory").Single(), environment);
    }
}
