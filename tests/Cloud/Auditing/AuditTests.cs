using System.Xml.Linq;
using Gantry.Cloud.Accounts;
using Gantry.Cloud.Appointments;
using Gantry.Cloud.Auditing;
using Gantry.Cloud.Tests.System;
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

        var told = Directory.EnumerateFiles(_folder, "audit-*.xml").SelectMany(File.ReadLines).Select(XElement.Parse).ToList();
        Assert.Equal(
            [
                "Application Activity E manage-screening ", "User Authentication E clinic@demo.test ", "User Authentication E unknown ", "User Authentication E clinic@demo.test ",
                "Query E clinic@demo.test ", $"Procedure Record U gateway {someone.NhsNumber}", $"Order Record R clinic@demo.test {someone.NhsNumber}",
                $"DICOM Instances Accessed R clinic@demo.test {someone.NhsNumber}", "Application Activity E manage-screening ",
            ],
            told.Select(Words));
        Assert.DoesNotContain("typed.here", string.Concat(told), StringComparison.Ordinal);
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

    private static string Words(XElement message)
    {
        var id = message.Element("EventIdentification")!;
        var patient = message.Elements("ParticipantObjectIdentification").FirstOrDefault(each => (string?)each.Attribute("ParticipantObjectTypeCode") == "1");
        return $"{id.Element("EventID")!.Attribute("displayName")!.Value} {id.Attribute("EventActionCode")!.Value} "
            + $"{message.Element("ActiveParticipant")!.Attribute("UserID")!.Value} {patient?.Attribute("ParticipantObjectID")!.Value}";
    }
}
