using System.Globalization;
using System.Text.Json.Nodes;
using Gantry.Contracts;
using Gantry.Dicom;
using Gantry.Sidecar.Forwarding;
using Gantry.Sidecar.Tests.Archive;
using Gantry.Sidecar.Tests.Hosting;
using Gantry.Worklist;
using Orthanc.Net;
using Orthanc.Net.Tests;

namespace Gantry.Sidecar.Tests.Forwarding;

/// <summary>Images from a real Orthanc to the cloud.</summary>
public sealed class ImageForwardingTests : IAsyncLifetime
{
    private OrthancProcess _orthanc = null!;
    private CloudStub _cloud = null!;
    private RunningGateway _gateway = null!;
    private OrthancClient _archive = null!;

    public async Task InitializeAsync()
    {
        _orthanc = await OrthancProcess.StartNewAsync();
        _archive = Clients.Of(_orthanc);
        _cloud = await CloudStub.StartAsync();
        _gateway = await RunningGateway.StartAsync(
            [.. ArchiveHouse.Settings(_orthanc), .. _cloud.Settings, "ChangeFeed:FirstStart=Beginning", "ChangeFeed:PollInterval=00:00:00.100"]);
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _cloud.DisposeAsync();
        await _orthanc.DisposeAsync();
    }

    [Fact]
    public async Task An_image_is_told_with_tags_dose_thumbnail_and_the_action_that_ordered_it_as_the_contract_has_it()
    {
        var image = Mammogram();
        await _gateway.Store.OrderAsync(image.AccessionNumber, action: "<uuid>");

        await image.UploadAsync(_archive);
        await _cloud.UntilAsync(heard => heard.Count == 1);

        var said = JsonNode.Parse(_cloud.Raw[0])!.AsObject();
        Assert.Equal(NameBasedUuid.Of(image.SopInstanceUid).ToString(), said["message_id"]!.GetValue<string>());
        var thumbnail = said["parameters"]!["image"]!["thumbnail"]!.AsObject();
        Assert.True(((GatewayEvent.ImageReceived)_cloud.Heard[0]).Image.Image.Thumbnail!.TryGetJpeg(out _));
        thumbnail["data"] = "<base64 JPEG>";
        var received = said["timestamp"]!.GetValue<string>();
        Assert.Equal(received, said["parameters"]!["image"]!["received_at"]!.GetValue<string>());
        Assert.Equal(
            Dense(Golden.Replace("<message>", NameBasedUuid.Of(image.SopInstanceUid).ToString(), StringComparison.Ordinal)
                .Replace("<accession>", image.AccessionNumber, StringComparison.Ordinal).Replace("<study>", image.StudyInstanceUid, StringComparison.Ordinal)
                .Replace("<series>", image.SeriesInstanceUid, StringComparison.Ordinal).Replace("<sop>", image.SopInstanceUid, StringComparison.Ordinal)
                .Replace("<time>", received, StringComparison.Ordinal)),
            Dense(said.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping })));
    }

    [Fact]
    public async Task The_images_of_an_exam_come_in_order_between_its_start_and_its_end()
    {
        var image = Mammogram();
        await _gateway.Store.OrderAsync(image.AccessionNumber);
        await _gateway.Store.StartAsync(image.AccessionNumber);
        for (var i = 1; i <= 5; i++, image = image.Next())
            await image.UploadAsync(_archive);
        await _cloud.UntilAsync(heard => heard.Count == 6);
        await _gateway.Store.FinishAsync(image.AccessionNumber);
        await _cloud.UntilAsync(heard => heard.Count == 7);

        Assert.Equal(["IN PROGRESS", "1", "2", "3", "4", "5", "COMPLETED"], _cloud.Heard.Select(Told));
    }

    [Fact]
    public async Task An_image_that_nobody_ordered_goes_up_without_an_action_and_so_does_one_of_another_patient()
    {
        var stranger = Mammogram() with { PatientId = "another" };
        await _gateway.Store.OrderAsync(stranger.AccessionNumber, action: "m1", study: stranger.StudyInstanceUid);
        await Mammogram().UploadAsync(_archive);
        await stranger.UploadAsync(_archive);
        await _cloud.UntilAsync(heard => heard.Count == 2);

        Assert.All(_cloud.Heard.OfType<GatewayEvent.ImageReceived>(), image => Assert.Null(image.SourceReference));
    }

    [Fact]
    public async Task An_exam_is_found_by_its_study_where_the_image_has_no_accession_number()
    {
        var image = Mammogram() with { AccessionNumber = "" };
        await _gateway.Store.OrderAsync("A1", action: "m1", study: image.StudyInstanceUid);
        await image.UploadAsync(_archive);
        await _cloud.UntilAsync(heard => heard.Count == 1);

        Assert.Equal("m1", ((GatewayEvent.ImageReceived)_cloud.Heard[0]).SourceReference?.ActionId);
    }

    [Fact]
    public async Task An_image_deleted_before_it_could_be_told_holds_nothing_up()
    {
        await _cloud.CutAsync();
        var image = Mammogram();
        var deleted = await image.UploadAsync(_archive);
        await image.Next().UploadAsync(_archive);
        await WaitingAsync(2);
        await _archive.Instances.DeleteAsync(deleted.Id);

        await _cloud.OpenAsync();
        await _cloud.UntilAsync(heard => heard.Count == 1);
        await WaitingAsync(0);
        Assert.Equal(["2"], _cloud.Heard.Select(Told));
    }

    [Fact]
    public async Task What_is_no_picture_and_what_cannot_be_drawn_goes_up_without_a_thumbnail()
    {
        await (Mammogram() with { HasPixels = false }).UploadAsync(_archive);
        await (Mammogram() with { TransferSyntax = TransferSyntax.FromUid("1.2.840.10008.1.2.4.90") }).UploadAsync(_archive);
        await _cloud.UntilAsync(heard => heard.Count == 2);

        Assert.All(_cloud.Heard.OfType<GatewayEvent.ImageReceived>(), image => Assert.Null(image.Image.Image.Thumbnail));
    }

    [Fact]
    public async Task While_the_archive_is_away_its_images_wait_and_other_exams_go_on()
    {
        await _cloud.CutAsync();
        await Mammogram().UploadAsync(_archive);
        await WaitingAsync(1);
        await _orthanc.KillAsync();
        await _cloud.OpenAsync();

        await _gateway.Store.OrderAsync("A1");
        await _gateway.Store.StartAsync("A1");
        await _cloud.UntilAsync(heard => heard.Count == 1);
        await _orthanc.StartAsync();
        await _cloud.UntilAsync(heard => heard.Count == 2);

        Assert.Equal(["IN PROGRESS", "1"], _cloud.Heard.Select(Told));
    }

    private async Task WaitingAsync(long count)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while ((await _gateway.Store.OutboxStatisticsAsync(OutboxTarget.Cloud, patience.Token)).Pending != count)
            await Task.Yield();
    }

    private static string? Told(GatewayEvent message) => message switch
    {
        GatewayEvent.StatusUpdated status => status.Data.Status,
        GatewayEvent.ImageReceived image => image.Image.Image.InstanceNumber,
        _ => "unknown",
    };

    private static string Dense(string json) => JsonNode.Parse(json)!.ToJsonString();

    private static SyntheticImage Mammogram() => new()
    {
        PatientId = "9990001112", Rows = 64, Columns = 48,
        More = dataset => dataset
            .Set(DicomTags.PatientName, "SMITH^JANE").Set(DicomTags.Modality, "MG").Set(DicomTags.StudyDate, "20260105")
            .Set(DicomTags.StudyTime, "103500").Set(DicomTags.StudyDescription, "Screening Mammography").Set(DicomTags.SeriesNumber, "1")
            .Set(DicomTags.SeriesDescription, "Right Breast CC View").Set(DicomTag.FromValue(0x00185101), "CC").Set(DicomTag.FromValue(0x00200062), "R")
            .Set(DicomTag.FromValue(0x00400316), "0.012").Set(DicomTag.FromValue(0x00180060), "28").Set(DicomTag.FromValue(0x00181191), "TUNGSTEN"),
    };

    private static string Golden { get; } = string.Create(CultureInfo.InvariantCulture, $$"""
        { "schema_version": 1, "message_id": "<message>", "message_type": "study.image_received",
          "timestamp": "<time>", "source_system": "gateway-pacs",
          "source_reference": { "action_id": "<uuid>" },
          "parameters": {
            "participant": { "nhs_number": "9990001112", "patient_name": "SMITH^JANE" },
            "study": { "accession_number": "<accession>", "study_instance_uid": "<study>", "modality": "MG",
                       "study_date": "20260105", "study_time": "103500", "study_description": "Screening Mammography" },
            "series": { "series_instance_uid": "<series>", "series_number": "1", "series_description": "Right Breast CC View" },
            "image": { "sop_instance_uid": "<sop>", "instance_number": "1",
              "dimensions": { "rows": 64, "columns": 48 },
              "acquisition": { "view_position": "CC", "laterality": "R" },
              "dose": { "organ_dose": "0.012", "entrance_dose_in_mgy": "", "kvp": "28", "exposure_in_uas": "",
                        "anode_target_material": "TUNGSTEN", "filter_material": "", "filter_thickness": "" },
              "thumbnail": { "data": "<base64 JPEG>", "format": "jpeg", "width": 141, "height": 188 },
              "received_at": "<time>" } } }
        """);
}
