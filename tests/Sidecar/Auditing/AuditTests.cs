using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Xml.Linq;
using Gantry.Sidecar.Accounts;
using Gantry.Sidecar.Settings;
using Gantry.Sidecar.Tests.Cli;
using Gantry.Sidecar.Tests.Forwarding;
using Gantry.Sidecar.Tests.Hosting;
using Gantry.Sidecar.Tests.Viewer;

namespace Gantry.Sidecar.Tests.Auditing;

/// <summary>Whoever sees or changes something stands in the audit trail afterwards.</summary>
public sealed class AuditTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gantry-audit-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_modalitys_query_and_exam_are_told_with_peer_patient_and_count()
    {
        await using (var ward = await Ward.OpenAsync(Setting))
            Assert.Equal(0, (await Shell.RunAsync(["worklist-test", .. ward.Address, "--mpps", "--accession", "ACC001", "--calling", "CT7"])).Code);

        var told = Told();
        Assert.Equal(("Application Activity", "Application Start"), (told[0].Event, told[0].Type));
        Assert.Equal("Application Stop", told[^1].Type);
        var query = told.First(each => each.Event == "Query");
        Assert.Equal(("CT7", "127.0.0.1"), (query.Who, query.Address));
        Assert.Equal("1", query.Detail("Answers"));
        Assert.True(Convert.FromBase64String(query.Xml.Descendants("ParticipantObjectQuery").Single().Value).Length > 0);
        var steps = told.Where(each => each.Event == "Procedure Record").ToList();
        Assert.Equal("C", steps[0].Action);
        Assert.Contains("U", steps.Select(step => step.Action));
        Assert.All(steps, step => Assert.Equal(("CT7", "BS001234"), (step.Who, step.Patient)));
        Assert.Equal("ACC001", steps[0].Xml.Descendants("Accession").Single().Attribute("Number")!.Value);
    }

    [Fact]
    public async Task Who_is_turned_away_is_a_security_alert()
    {
        await using (var ward = await Ward.OpenAsync(Setting, "Dicom:CheckCalledAeTitle=true"))
            Assert.Equal(1, (await Shell.RunAsync(["echo", .. ward.Address, "-a", "OTHER", "--calling", "STRANGER"])).Code);

        var alert = Told().Single(each => each.Event == "Security Alert");
        Assert.Equal(("Node Authentication", "4"), (alert.Type, alert.Outcome));
        Assert.Contains(alert.Xml.Elements("ActiveParticipant"), each => (string?)each.Attribute("UserID") == "STRANGER");
        Assert.Contains("OTHER is not our AE title", alert.Detail("Alert Description"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Orders_are_told_whoever_adds_changes_or_removes_them()
    {
        await using var cloud = await CloudStub.StartAsync();
        await using (var ward = await Ward.OpenAsync([Setting, .. cloud.Settings, "Demo:AutomaticModality=false"]))
        {
            var http = ward.Gateway.Client;
            await http.GetAsync("/api/worklist?modality=MR");
            await http.GetAsync("/api/worklist/4567");
            await http.PostAsJsonAsync("/api/worklist", new { accession_number = "R1", patient_id = "P-REST", patient_name = "A^B", scheduled_date = "20260105", scheduled_time = "100000", modality = "MG" });
            await http.PutAsync("/api/worklist/R1/status?value=COMPLETED", null);
            await http.DeleteAsync("/api/worklist/R1");
            await http.DeleteAsync("/api/worklist/NOBODY");
            await cloud.SayAsync("""{"schema_version":1,"action_id":"r1","action_type":"worklist.remove_item","timestamp":"2026-01-05T09:00:00Z","source_system":"x","parameters":{"accession_number":"ACC002"}}""");
            Dictionary<string, string> environment = new() { ["WORKLIST_DB_PATH"] = ward.DatabasePath, ["Audit__Folder"] = _folder };
            await Shell.RunAsync(environment, ["worklist", "add", "--accession", "T1", "--patient-id", "P-CLI", "--patient-name", "A^B", "-m", "MG"]);
            await Shell.RunAsync(environment, ["worklist", "remove", "T1"]);
            await Shell.RunAsync(environment, ["backup", Path.Combine(_folder, "b.tar.gz")]);
        }

        var orders = Told().Where(each => each.Event == "Order Record").Select(each => $"{each.Who} {each.Action} {each.Patient}").ToList();
        var me = Environment.UserName;
        Assert.Equal(["127.0.0.1 R BS000004", "127.0.0.1 C P-REST", "127.0.0.1 U P-REST", "127.0.0.1 D P-REST", "cloud D BS005678", $"{me} C P-CLI", $"{me} D P-CLI"],
            orders.Select(line => line.StartsWith("127.0.0.1 R ", StringComparison.Ordinal) ? "127.0.0.1 R BS000004" : line));
        Assert.Equal("1", Told().Single(each => each.Event == "Query").Detail("Answers"));
        Assert.Equal(me, Told().Single(each => each.Event == "Export").Who);
    }

    [Fact]
    public async Task Sign_ins_and_images_looked_at_are_told_and_a_study_but_once()
    {
        const string password = "correct horse";
        var keys = Directory.CreateDirectory(Path.Combine(_folder, "keys")).FullName;
        await using (var house = await ViewerHouse.StartAsync(
            Setting, "Accounts:Enabled=true", $"Accounts:KeyFolder={keys}", "Accounts:Users:0:Name=reader", "Accounts:Users:0:Role=Reader", $"Accounts:Users:0:PasswordHash={Passwords.Hash(password)}"))
        {
            foreach (var typed in (string[])["wrong", password, password])
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, "/dicom-web/studies/1.2.3/metadata");
                request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"reader:{typed}")));
                (await house.Browser.SendAsync(request)).Dispose();
            }
            using var secret = new HttpRequestMessage(HttpMethod.Get, "/dicom-web/studies");
            secret.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String("my-password-as-a-name:x"u8));
            (await house.Browser.SendAsync(secret)).Dispose();
        }

        var told = Told();
        Assert.Equal(["reader 4", "reader 0", "unknown 4"], told.Where(each => each.Event == "User Authentication").Select(each => $"{each.Who} {each.Outcome}"));
        var viewed = told.Single(each => each.Event == "DICOM Instances Accessed");
        Assert.Equal(("reader", "1.2.3"), (viewed.Who, viewed.Xml.Element("ParticipantObjectIdentification")!.Attribute("ParticipantObjectID")!.Value));
        Assert.DoesNotContain("my-password-as-a-name", string.Concat(told.Select(each => each.Xml.ToString())), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_an_administrator_looks_at_and_does_is_told()
    {
        string[] done = ["/api/forwarding/parked/replay", "/emr/sync"], seen = ["/emr", "/api/set-aside", "/api/unscheduled-exams", "/api/forwarding/parked"];
        await using (var gateway = await RunningGateway.StartAsync(Setting))
        {
            foreach (var path in done)
                (await gateway.Client.PostAsync(path, null)).Dispose();
            foreach (var path in seen)
                (await gateway.Client.GetAsync(path)).Dispose();
        }

        Assert.Equal(done, Told().Where(each => each.Type == "Use of Restricted Function").Select(Target));
        Assert.Equal(seen, Told().Where(each => each.Event == "Query").Select(Target).Distinct());

        static string Target(Line told) => told.Xml.Element("ParticipantObjectIdentification")!.Attribute("ParticipantObjectID")!.Value;
    }

    [Fact]
    public async Task A_trail_that_cannot_be_written_degrades_the_health_and_stops_nobody()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "file"), "");
        await using var ward = await Ward.OpenAsync($"Audit:Folder={Path.Combine(_folder, "file", "trail")}", "Web:HealthCacheTime=00:00:00");

        Assert.Equal(0, (await Shell.RunAsync(["worklist-test", .. ward.Address])).Code);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!(await ward.Gateway.GetAsync("/health")).GetRawText().Contains("The audit trail cannot be written to", StringComparison.Ordinal))
            Assert.True(await look.WaitForNextTickAsync(patience.Token));
        Assert.Equal("degraded", (await ward.Gateway.GetAsync("/health")).GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_syslog_address_that_is_none_is_told_at_the_start()
    {
        var error = await Assert.ThrowsAsync<SettingsException>(() => RunningGateway.StartAsync("Audit:Syslog=siem.hospital.org"));

        Assert.Contains("tls://host:6514", error.Message, StringComparison.Ordinal);
    }

    private string Setting => $"Audit:Folder={_folder}";

    private List<Line> Told() => [.. Directory.EnumerateFiles(_folder, "audit-*.xml").Order(StringComparer.Ordinal).SelectMany(File.ReadLines).Select(line => new Line(XElement.Parse(line)))];

    private sealed record Line(XElement Xml)
    {
        private XElement Id => Xml.Element("EventIdentification")!;

        public string Event => Id.Element("EventID")!.Attribute("displayName")!.Value;

        public string? Type => (string?)Id.Element("EventTypeCode")?.Attribute("displayName");

        public string Action => Id.Attribute("EventActionCode")!.Value;

        public string Outcome => Id.Attribute("EventOutcomeIndicator")!.Value;

        public string Who => Xml.Element("ActiveParticipant")!.Attribute("UserID")!.Value;

        public string? Address => (string?)Xml.Element("ActiveParticipant")!.Attribute("NetworkAccessPointID");

        public string? Patient => Xml.Elements("ParticipantObjectIdentification")
            .FirstOrDefault(each => (string?)each.Attribute("ParticipantObjectTypeCode") == "1")?.Attribute("ParticipantObjectID")?.Value;

        public string Detail(string type) => Encoding.UTF8.GetString(Convert.FromBase64String(
            Xml.Descendants("ParticipantObjectDetail").Single(each => (string?)each.Attribute("type") == type).Attribute("value")!.Value));
    }
}
