using System.Net;
using System.Text.Json;
using Gantry.Dicom;
using Gantry.Sidecar.Tests.Hosting;
using Gantry.Worklist;
using Orthanc.Net.Tests;

namespace Gantry.Sidecar.Tests.Archive;

/// <summary>Orders and studies side by side. Tests share the archive, so each looks at patients of its own, by a name or by ids.</summary>
[Collection(WithArchive.Name)]
public sealed class UnifiedStudyTests(ArchiveHouse house)
{
    private readonly string _tag = Guid.NewGuid().ToString("N")[..8].ToUpperInvariant();

    [Fact]
    public async Task An_order_and_its_study_are_one_row_by_accession_number()
    {
        var order = await OrderAsync("A");
        var image = await StudyAsync(order.AccessionNumber, order.PatientId!);
        var row = Assert.Single(await AllAsync());
        Assert.Equal(order.AccessionNumber, Text(row.GetProperty("order"), "accession_number"));
        Assert.Equal(image.StudyInstanceUid, Text(Assert.Single(row.GetProperty("studies").EnumerateArray()), "study_instance_uid"));
        Assert.True(row.GetProperty("has_images").GetBoolean());
        Assert.EndsWith(image.StudyInstanceUid, Text(row, "viewer_url"), StringComparison.Ordinal);
        Assert.Empty(row.GetProperty("conflicts").EnumerateArray());
    }

    [Fact]
    public async Task Without_a_common_accession_number_the_study_UID_joins_and_the_difference_is_told()
    {
        var order = await OrderAsync("U");
        await StudyAsync($"X{_tag}", order.PatientId!, order.StudyInstanceUid);
        var row = Assert.Single(await AllAsync());
        Assert.Single(row.GetProperty("studies").EnumerateArray());
        Assert.Contains(order.AccessionNumber, Assert.Single(Conflicts(row)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_accession_number_of_another_patient_is_not_joined_and_both_rows_say_so()
    {
        var order = await OrderAsync("C");
        var image = await StudyAsync(order.AccessionNumber, "SOMEBODY-ELSE");
        var rows = await AllAsync();
        Assert.Equal(2, rows.Count);
        var (left, right) = (rows.Single(row => row.TryGetProperty("order", out _)), rows.Single(row => !row.TryGetProperty("order", out _)));
        Assert.False(left.GetProperty("has_images").GetBoolean());
        Assert.Contains(image.StudyInstanceUid, Assert.Single(Conflicts(left)), StringComparison.Ordinal);
        Assert.Contains("SOMEBODY-ELSE", Assert.Single(Conflicts(right)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Orders_without_images_and_studies_without_an_order_are_there_and_can_be_told_apart()
    {
        var lonely = await OrderAsync("L");
        var joined = await OrderAsync("J");
        await StudyAsync(joined.AccessionNumber, joined.PatientId!);
        await StudyAsync($"Z{_tag}", "NOBODY");
        Assert.Equal(3, (await AllAsync()).Count);
        Assert.Equal([lonely.AccessionNumber], (await AllAsync("&has_images=false")).Select(row => Text(row, "accession_number")));
        Assert.Equal([joined.AccessionNumber, $"Z{_tag}"], (await AllAsync("&has_images=true")).Select(row => Text(row, "accession_number")));
        Assert.Equal(2, (await AllAsync("&status=SCHEDULED")).Count);
        Assert.Empty(await AllAsync("&status=COMPLETED"));
    }

    [Fact]
    public async Task A_study_on_another_day_than_its_order_is_found_on_both_days()
    {
        var order = await OrderAsync("D"); // for the 10th; synthetic studies are of the 5th
        await StudyAsync(order.AccessionNumber, order.PatientId!);
        foreach (var day in new[] { "20260110", "20260105", "20260101-20260131" })
        {
            var row = Assert.Single(await AllAsync($"&date={day}"));
            Assert.Equal(order.AccessionNumber, Text(row.GetProperty("order"), "accession_number"));
            Assert.Single(row.GetProperty("studies").EnumerateArray());
        }
        Assert.Empty(await AllAsync("&date=20260107"));
    }

    [Fact]
    public async Task Two_studies_of_one_order_are_one_row()
    {
        var order = await OrderAsync("T");
        await StudyAsync(order.AccessionNumber, order.PatientId!);
        await StudyAsync(order.AccessionNumber, order.PatientId!);
        Assert.Equal(2, Assert.Single(await AllAsync()).GetProperty("studies").GetArrayLength());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(50)]
    public async Task Pages_of_any_size_hold_every_row_once(int limit)
    {
        var expected = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            var order = await OrderAsync($"P{i}");
            if (i % 2 == 0)
                await StudyAsync(order.AccessionNumber, order.PatientId!);
            await StudyAsync($"Q{i}{_tag}", "NOBODY");
            expected.AddRange([order.AccessionNumber, $"Q{i}{_tag}"]);
        }
        Assert.Equal(expected.Order(StringComparer.Ordinal), (await AllAsync(limit: limit)).Select(row => Text(row, "accession_number")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task While_the_archive_is_away_the_orders_come_with_a_note()
    {
        await using var gateway = await RunningGateway.StartAsync("Orthanc:Enabled=true", "Orthanc:Url=http://127.0.0.1:1", "Demo:Enabled=true");
        var page = await gateway.GetAsync("/api/pacs/unified-studies");
        Assert.Equal(4, page.GetProperty("items").GetArrayLength());
        Assert.All(page.GetProperty("items").EnumerateArray(), row => Assert.False(row.TryGetProperty("has_images", out _)));
        Assert.Contains("(connect)", Text(page, "note"), StringComparison.Ordinal);
        Assert.False(page.TryGetProperty("next", out _));
        using var images = await gateway.Client.GetAsync(new Uri("/api/pacs/unified-studies?has_images=true", UriKind.Relative));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, images.StatusCode);
    }

    [Theory]
    [InlineData("cursor=x", "cursor")]
    [InlineData("cursor=s../system", "cursor")]
    [InlineData("status=DONE", "status")]
    public async Task A_wrong_key_is_named(string query, string key)
    {
        var (status, problem) = await house.GetAsync("/api/pacs/unified-studies?" + query);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(key, Assert.Single(problem.GetProperty("errors").EnumerateObject()).Name);
    }

    private async Task<WorklistItem> OrderAsync(string letter) => (await house.Gateway.Store.AddAsync(
        new WorklistItem
        {
            AccessionNumber = letter + _tag, PatientId = $"PAT-{letter}-{_tag}", PatientName = $"JOIN^{_tag}", ScheduledDate = "20260110",
            ScheduledTime = "100000", Modality = "OT",
        },
        CancellationToken.None)).Item;

    private async Task<SyntheticImage> StudyAsync(string accession, string patientId, string? uid = null)
    {
        var image = new SyntheticImage
        {
            AccessionNumber = accession, PatientId = patientId, StudyInstanceUid = uid ?? DicomUid.New(),
            More = data => data.Set(DicomTags.PatientName, $"JOIN^{_tag}"),
        };
        await image.UploadAsync(house.Client);
        return image;
    }

    private async Task<List<JsonElement>> AllAsync(string more = "", int limit = 50)
    {
        var rows = new List<JsonElement>();
        string? cursor = null;
        do
        {
            var (status, page) = await house.GetAsync($"/api/pacs/unified-studies?patient_name={_tag}{more}&limit={limit}&cursor={cursor}");
            Assert.Equal(HttpStatusCode.OK, status);
            Assert.True(page.GetProperty("items").GetArrayLength() <= limit);
            rows.AddRange(page.GetProperty("items").EnumerateArray());
            cursor = page.TryGetProperty("next", out var next) ? next.GetString() : null;
        }
        while (cursor is not null);
        return rows;
    }

    private static IEnumerable<string> Conflicts(JsonElement row) => row.GetProperty("conflicts").EnumerateArray().Select(one => one.GetString()!);

    private static string Text(JsonElement element, string property) => element.GetProperty(property).GetString()!;
}
