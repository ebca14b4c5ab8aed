using System.Globalization;
using Gantry.Contracts;
using Gantry.Sidecar.Phantoms;
using Gantry.Sidecar.Relay;
using Gantry.Sidecar.Settings;
using Gantry.Sidecar.Tests.Archive;
using Gantry.Sidecar.Tests.Forwarding;
using Gantry.Sidecar.Tests.Hosting;
using Gantry.Worklist;
using Microsoft.Extensions.DependencyInjection;
using Orthanc.Net.Tests;

namespace Gantry.Sidecar.Tests.Relay;

/// <summary>A demo that is stopped and started again: what the cloud sent before is performed all the same.</summary>
public sealed class AutomaticModalityTests : IAsyncLifetime
{
    private OrthancProcess _orthanc = null!;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gantry-demo-");
    private CloudStub _cloud = null!;

    public async Task InitializeAsync()
    {
        _orthanc = await OrthancProcess.StartNewAsync();
        _cloud = await CloudStub.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _cloud.DisposeAsync();
        await _orthanc.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task What_waited_at_a_stop_is_performed_after_the_next_start()
    {
        await using (var before = await StartAsync("Demo:AutomaticModality=false"))
        {
            await SendAsync("A1");
            await SendAsync("A2");
            // Of another day, and not of the cloud
            await before.Store.AddAsync(Order("A3") with { ScheduledDate = "20260105", SourceMessageId = "m3" }, default);
            await before.Store.AddAsync(Order("A4"), default);
        }

        await using var gateway = await StartAsync();
        await _cloud.UntilAsync(heard => heard.Count(IsEnd) == 2 && heard.OfType<GatewayEvent.ImageReceived>().Count() == 8);

        Assert.All(["A1", "A2"], accession => Assert.Equal(["IN PROGRESS", "COMPLETED"], _cloud.Heard.StatusesOf(accession)));
        foreach (var accession in new[] { "A3", "A4" })
            Assert.Equal(OrderStatus.Scheduled, (await gateway.Store.GetAsync(accession, default))!.Status);
    }

    [Fact]
    public async Task An_exam_that_was_under_way_at_a_stop_is_finished_after_the_next_start()
    {
        await using (await StartAsync("Demo:ExamDelay=01:00:00"))
        {
            await SendAsync("A1");
            await _cloud.UntilAsync(heard => heard.StatusesOf("A1").Any());
        }

        await using var gateway = await StartAsync();
        await _cloud.UntilAsync(heard => heard.Count(IsEnd) == 1 && heard.OfType<GatewayEvent.ImageReceived>().Count() == 4);

        // A message whose answer the stop cut off comes again
        Assert.Equal(["IN PROGRESS", "COMPLETED"], _cloud.Heard.StatusesOf("A1").Distinct());
        Assert.Equal(OrderStatus.Completed, (await gateway.Store.GetAsync("A1", default))!.Status);
    }

    [Theory]
    [InlineData("MG")]
    [InlineData("CT")]
    [InlineData("XA")]
    public void An_exam_performed_again_makes_the_same_images_and_another_order_s_makes_others(string modality)
    {
        var one = Images(modality, "A1");

        Assert.Equal(one, Images(modality, "A1"));
        Assert.Equal(one.Count, one.Distinct().Count());
        Assert.Empty(one.Intersect(Images(modality, "A2")));
    }

    private static List<string> Images(string modality, string accession) =>
    [
        .. PhantomStudies.Make(
            modality, new() { PatientName = "SMITH^JANE", PatientId = "1", AccessionNumber = accession, StudyInstanceUid = "1.2.3" },
            new() { Images = 2, Frames = 1, MammogramColumns = 64, Uids = ExamUids.Of("1.2.3", accession) })
            .Select(image => image.Dataset.GetString(Gantry.Dicom.DicomTags.SOPInstanceUID)!),
    ];

    private static bool IsEnd(GatewayEvent heard) => heard is GatewayEvent.StatusUpdated { Data.Status: "COMPLETED" };

    private static WorklistItem Order(string accession) => new()
    {
        AccessionNumber = accession, PatientId = "9990001112", PatientName = "SMITH^JANE", ScheduledDate = Today, ScheduledTime = "103000", Modality = "MG",
    };

    private static string Today => TimeProvider.System.Today().ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    private async Task<RunningGateway> StartAsync(params string[] more)
    {
        var gateway = await RunningGateway.StartAsync(
            [
                .. ArchiveHouse.Settings(_orthanc), .. _cloud.Settings, "ChangeFeed:PollInterval=00:00:00.100", "Demo:Enabled=true", "Demo:ExamDelay=00:00:00",
                $"Worklist:DatabasePath={Path.Combine(_folder.FullName, "worklist.db")}", .. more,
            ]);
        await gateway.Services.GetRequiredService<ActionListener>().WaitUntilRegisteredAsync(default);
        return gateway;
    }

    private async Task SendAsync(string accession)
    {
        var reply = await _cloud.SayAsync($$$"""
            { "schema_version": 1, "action_id": "send {{{accession}}}", "action_type": "worklist.create_item",
              "parameters": { "worklist_item": {
                  "accession_number": "{{{accession}}}", "requested_procedure_id": "{{{accession}}}",
                  "participant": { "nhs_number": "9990001112", "name": "SMITH^JANE", "birth_date": "19650315", "sex": "F" },
                  "scheduled": { "date": "{{{Today}}}", "time": "103000" }, "procedure": { "modality": "MG", "study_description": "Screening Mammography" } } } }
            """);
        Assert.Equal("created", reply.GetProperty("status").GetString());
    }
}
