using System.Net;
using System.Text.Json;
using Gantry.Dicom;
using Orthanc.Net.Tests;

namespace Gantry.Sidecar.Tests.ChangeFeed;

/// <summary>Every image that the real Orthanc stores is known once, whatever stops in between.</summary>
public sealed class ChangeReaderTests
{
    [Fact]
    public async Task An_image_is_known_by_its_exam()
    {
        await using var house = await FeedHouse.StartAsync();
        var image = new SyntheticImage();
        await image.UploadAsync(house.Client);
        await house.UntilReadAsync();

        var arrival = Assert.Single(await house.ArrivalsAsync());

        Assert.Equal(
            (image.SopInstanceUid, image.SeriesInstanceUid, image.StudyInstanceUid, image.AccessionNumber, image.AccessionNumber),
            (arrival.SopInstanceUid, arrival.SeriesInstanceUid, arrival.StudyInstanceUid, arrival.AccessionNumber, arrival.OrderKey));
        Assert.InRange(arrival.ReceivedAt, TimeProvider.System.GetUtcNow().AddMinutes(-5), TimeProvider.System.GetUtcNow().AddMinutes(1));
    }

    [Fact]
    public async Task An_image_without_an_accession_number_is_known_by_its_study()
    {
        await using var house = await FeedHouse.StartAsync();
        var image = new SyntheticImage { AccessionNumber = "", More = data => data.Set(DicomTags.AccessionNumber) };
        await image.UploadAsync(house.Client);
        await house.UntilReadAsync();

        var arrival = Assert.Single(await house.ArrivalsAsync());

        Assert.Equal((null, image.StudyInstanceUid), (arrival.AccessionNumber, arrival.OrderKey));
    }

    [Fact]
    public async Task Images_stored_while_the_gateway_is_away_are_there_once_and_in_order()
    {
        await using var house = await FeedHouse.StartAsync();
        var images = new List<SyntheticImage> { new() };
        for (var i = 0; i < 8; i++)
            images.Add(images[^1].Next());
        foreach (var image in images[..3])
            await image.UploadAsync(house.Client);
        await house.UntilReadAsync();
        foreach (var image in images[3..5])
            await image.UploadAsync(house.Client);
        // Perhaps in the middle of reading
        await house.StopGatewayAsync();
        foreach (var image in images[5..])
            await image.UploadAsync(house.Client);

        await house.StartGatewayAsync();
        await house.UntilReadAsync();

        Assert.Equal(images.Select(image => image.SopInstanceUid), (await house.ArrivalsAsync()).Select(arrival => arrival.SopInstanceUid));
    }

    [Fact]
    public async Task An_image_that_was_deleted_again_holds_up_nothing()
    {
        await using var house = await FeedHouse.StartAsync();
        await house.StopGatewayAsync();
        var (deleted, kept) = (new SyntheticImage(), new SyntheticImage());
        var upload = await deleted.UploadAsync(house.Client);
        await kept.UploadAsync(house.Client);
        await house.Client.Instances.DeleteAsync(upload.Id);

        await house.StartGatewayAsync();
        await house.UntilReadAsync();

        Assert.Equal(kept.SopInstanceUid, Assert.Single(await house.ArrivalsAsync()).SopInstanceUid);
    }

    [Fact]
    public async Task The_web_hook_makes_it_known_at_once()
    {
        await using var house = await FeedHouse.StartAsync("ChangeFeed:PollInterval=01:00:00");
        await new SyntheticImage().UploadAsync(house.Client);

        using var answer = await house.Browser.PostAsync("/api/orthanc/new-instance", new StringContent("{}"));

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        await house.UntilAsync(status => status.GetProperty("images_seen").GetInt64() == 1);
    }

    [Fact]
    public async Task An_archive_that_dies_is_told_with_phase_and_reason_and_read_again_when_it_is_back()
    {
        await using var house = await FeedHouse.StartAsync();
        await house.Orthanc.KillAsync();
        // The first failure may be that of a question under way
        var outage = (await house.UntilAsync(status =>
            status.TryGetProperty("outage", out var now) && now.GetProperty("phase").GetString() == "connect")).GetProperty("outage");
        Assert.Contains("Orthanc", outage.GetProperty("reason").GetString(), StringComparison.Ordinal);

        await house.Orthanc.StartAsync();
        await new SyntheticImage().UploadAsync(house.Client);

        await house.UntilAsync(status => !status.TryGetProperty("outage", out _) && status.GetProperty("images_seen").GetInt64() == 1);
    }

    [Fact]
    public async Task Another_archive_in_its_place_is_read_from_its_beginning()
    {
        await using var house = await FeedHouse.StartAsync();
        for (var i = 0; i < 4; i++)
            await new SyntheticImage().UploadAsync(house.Client);
        await house.UntilReadAsync();
        await house.Orthanc.KillAsync();
        house.Orthanc.ForgetEverything();

        await house.Orthanc.StartAsync();
        var image = new SyntheticImage();
        await image.UploadAsync(house.Client);

        await house.UntilAsync(status => status.GetProperty("images_seen").GetInt64() == 5);
        Assert.Contains(image.SopInstanceUid, (await house.ArrivalsAsync()).Select(arrival => arrival.SopInstanceUid));
    }
}

/// <summary>Reading everything once more, on demand.</summary>
public sealed class FullSyncTests
{
    [Fact]
    public async Task What_was_stored_before_the_first_start_comes_by_a_full_sync_and_only_once()
    {
        await using var old = await ArchiveOfThreeAsync();
        Assert.Equal(0, (await old.UntilAsync(_ => true)).GetProperty("images_seen").GetInt64());

        Assert.Equal((3, 3), Counts(await SyncAsync(old)));
        Assert.Equal((3, 0), Counts(await SyncAsync(old)));
        Assert.Equal(3, (await old.ArrivalsAsync()).Count);
    }

    [Fact]
    public async Task A_full_sync_without_an_archive_fails_with_a_reason()
    {
        await using var house = await FeedHouse.StartAsync();
        await house.Orthanc.KillAsync();

        var report = await SyncAsync(house);

        Assert.Equal("failed", report.GetProperty("state").GetString());
        Assert.Contains("connect", report.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    private static async Task<FeedHouse> ArchiveOfThreeAsync()
    {
        var house = await FeedHouse.StartOrthancAsync();
        for (var i = 0; i < 3; i++)
            await new SyntheticImage().UploadAsync(house.Client);
        await house.StartGatewayAsync();
        return house;
    }

    private static async Task<JsonElement> SyncAsync(FeedHouse house)
    {
        using var answer = await house.Browser.PostAsync("/api/orthanc/sync-all", null);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var status = await house.UntilAsync(status => status.GetProperty("full_sync").GetProperty("state").GetString() != "running");
        return status.GetProperty("full_sync");
    }

    private static (long Images, long Enqueued) Counts(JsonElement report)
    {
        Assert.Equal(("done", 100), (report.GetProperty("state").GetString(), report.GetProperty("percent").GetInt32()));
        return (report.GetProperty("images").GetInt64(), report.GetProperty("enqueued").GetInt64());
    }
}
