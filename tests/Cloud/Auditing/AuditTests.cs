using System.Xml.Linq;
using Gantry.Cloud.Accounts;
using Gantry.Cloud.Appointments;
using Gantry.Cloud.Auditing;
using Gantry.Cloud.Tests.System;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;

namespace Gantry.Cloud.Tests.Auditing;

/// <summary>Who saw or changed which appointment stands in the audit trail.</summary>
[Collection(nameof(SharedCloud))]
public sealed class AuditTests(SharedCloud.Fixture shared) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gantry-audit-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Looking_at_an_appointment_sending_it_and_the_exams_progress_are_told_with_the_participant()
    {
        Someone someone;
        await using (var cloud = await CloudSystem.StartAsync(await shared.Cluster.NewDatabaseAsync(), true, $"--CLOUD_AUDIT_FOLDER={_folder}"))
        {
            someone = await cloud.SomeoneAsync(state: AppointmentState.SentToModality);
            using var visitor = cloud.Visitor();
            (await visitor.SignInAsync(FirstUsers.DemoClinicEmail, "wrong")).Dispose();
            (await visitor.SignInAsync("my-password@typed.here", "x")).Dispose();
            using var browser = await cloud.SignedInAsync();
            await browser.PageAsync($"/clinic/{someone.Clinic}");
            await cloud.TellAsync(Messages.Status(someone, "IN PROGRESS"));
            await cloud.TellAsync(Messages.Image(someone.Accession, someone.NhsNumber, Messages.Uid(), Messages.Uid()));
            await browser.PageAsync(someone.Page);
        }

        var told = Told();
        Assert.Equal(
            [
                "Application Activity E manage-screening ", "User Authentication E clinic@demo.test ", "User Authentication E unknown ", "User Authentication E clinic@demo.test ",
                "Query E clinic@demo.test ", $"Procedure Record U gateway {someone.NhsNumber}", $"Order Record R clinic@demo.test {someone.NhsNumber}",
                $"DICOM Instances Accessed R clinic@demo.test {someone.NhsNumber}", "Application Activity E manage-screening ",
            ],
            told.Select(Words));
        Assert.DoesNotContain("typed.here", string.Concat(told), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_an_administrator_does_and_whose_pictures_are_fetched_without_the_page_is_told()
    {
        Someone someone;
        var study = Messages.Uid();
        await using (var cloud = await CloudSystem.StartAsync(await shared.Cluster.NewDatabaseAsync(), true, $"--CLOUD_AUDIT_FOLDER={_folder}"))
        {
            someone = await cloud.SomeoneAsync();
            await cloud.TellAsync(Messages.Image("", someone.NhsNumber, study, Messages.Uid()));
            var (id, image) = await cloud.DatabaseAsync(async database => (
                await database.Studies.Select(each => each.Id).SingleAsync(), await database.Images.Select(each => each.Id).SingleAsync()));
            using var admin = await cloud.SignedInAsync(FirstUsers.DemoAdminEmail);
            for (var look = 0; look < 3; look++)
                await admin.PageAsync($"/api/image/{image}/thumbnail");
            (await admin.SubmitAsync("/admin/studies", "/admin/studies?handler=Match", new() { ["study"] = $"{id}", ["appointment"] = $"{someone.Appointment}" })).Dispose();
            (await admin.SubmitAsync("/admin", "/admin?handler=Gateway", new() { ["name"] = "Another", ["connection"] = "gateway-9" })).Dispose();
            await admin.PageAsync("/admin/messages");
            using var clinic = await cloud.SignedInAsync();
            (await clinic.SubmitAsync($"/clinic/{someone.Clinic}", $"/clinic/{someone.Clinic}?handler=Send", new() { ["appointmentId"] = $"{someone.Appointment}" })).Dispose();
        }

        Assert.Equal(
            [
                $"DICOM Instances Accessed R admin@demo.test {someone.NhsNumber}", "Query E admin@demo.test ", $"Procedure Record U admin@demo.test {someone.NhsNumber}",
                "Security Alert E admin@demo.test ", "Query E admin@demo.test ",
            ],
            Told().Select(Words).Where(words => words.Contains("admin@", StringComparison.Ordinal) && !words.StartsWith("User", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_trail_that_cannot_be_written_degrades_the_health_and_stops_nobody()
    {
        var file = Path.Combine(_folder, "file");
        await File.WriteAllTextAsync(file, "");
        await using var cloud = await CloudSystem.StartAsync(await shared.Cluster.NewDatabaseAsync(), true, $"--CLOUD_AUDIT_FOLDER={file}/trail");
        using var visitor = cloud.Visitor();

        await CloudSystem.EventuallyAsync(async () => (await visitor.PageAsync("/health")).Contains("The audit trail cannot be written to", StringComparison.Ordinal));

        Assert.Contains("\"status\":\"degraded\"", await visitor.PageAsync("/health"), StringComparison.Ordinal);
        (await cloud.SignedInAsync()).Dispose();
    }

    [Theory]
    [InlineData("CLOUD_AUDIT_SYSLOG", "siem")]
    [InlineData("CLOUD_AUDIT_KEEP_DAYS", "long")]
    [InlineData("CLOUD_AUDIT_SYSLOG_TRUSTED_CERTIFICATES", "/no/such/file")]
    public void Settings_that_cannot_work_are_named(string name, string value)
    {
        var error = Assert.Throws<SettingsException>(() => AuditServices.Read(
            new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { [name] = value }).Build()));

        Assert.StartsWith(name, error.Message, StringComparison.Ordinal);
    }

    private List<XElement> Told() => [.. Directory.EnumerateFiles(_folder, "audit-*.xml").Order(StringComparer.Ordinal).SelectMany(File.ReadLines).Select(XElement.Parse)];

    private static string Words(XElement message)
    {
        var id = message.Element("EventIdentification")!;
        var patient = message.Elements("ParticipantObjectIdentification").FirstOrDefault(each => (string?)each.Attribute("ParticipantObjectTypeCode") == "1");
        return $"{id.Element("EventID")!.Attribute("displayName")!.Value} {id.Attribute("EventActionCode")!.Value} "
            + $"{message.Element("ActiveParticipant")!.Attribute("UserID")!.Value} {patient?.Attribute("ParticipantObjectID")!.Value}";
    }
}
