using System.Net;
using Gantry.Dicom;
using Orthanc.Net.Tests;

namespace Gantry.Sidecar.Tests.Archive;

[Collection(WithArchive.Name)]
public sealed class StudyApiTests(ArchiveHouse house)
{
    [Fact]
    public async Task A_study_is_found_by_its_keys_with_counts_modalities_and_a_link_to_the_viewer()
    {
        var image = new SyntheticImage();
        await image.UploadAsync(house.Client);
        await image.Next().UploadAsync(house.Client);
        await (image with { SopInstanceUid = DicomUid.New(), SeriesInstanceUid = DicomUid.New(), More = data => data.Set(DicomTags.Modality, "MR") })
            .UploadAsync(house.Client);

        foreach (var key in new[] { $"patient_id={image.PatientId}", $"accession_number={image.AccessionNumber}" })
        {
            var (status, page) = await house.GetAsync($"/api/pacs/studies?{key}&date=20260101-20260131&modality=MR&patient_name=m%C3%BCller");
            Assert.Equal(HttpStatusCode.OK, status);
            var study = Assert.Single(page.GetProperty("studies").EnumerateArray());
            Assert.Equal(image.StudyInstanceUid, study.GetProperty("study_instance_uid").GetString());
            Assert.Equal(["MR", "OT"], study.GetProperty("modalities").EnumerateArray().Select(one => one.GetString()!));
            Assert.Equal((2, 3), (study.GetProperty("series_count").GetInt32(), study.GetProperty("instance_count").GetInt32()));
            Assert.Equal($"http://localhost:3000/viewer?StudyInstanceUIDs={image.StudyInstanceUid}", study.GetProperty("viewer_url").GetString());
        }
        Assert.Equal(0, (await house.GetAsync($"/api/pacs/studies?patient_id={image.PatientId}&modality=CT")).Body.GetProperty("total").GetInt32());
        Assert.Equal(0, (await house.GetAsync($"/api/pacs/studies?patient_id={image.PatientId}&date=20260106-")).Body.GetProperty("total").GetInt32());
    }

    [Theory]
    [InlineData("")]
    [InlineData("&modality=OT")]
    public async Task Pages_hold_every_study_once(string more)
    {
        // A date of its own; names may not differ more than the wildcard
        var name = $"PAGED^{Guid.NewGuid():N}"[..20];
        var expected = new List<string>();
        for (var i = 0; i < 7; i++)
        {
            var image = new SyntheticImage { More = data => data.Set(DicomTags.PatientName, name) };
            await image.UploadAsync(house.Client);
            expected.Add(image.StudyInstanceUid);
        }

        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var (_, page) = await house.GetAsync($"/api/dicom/studies?patient_name={name}&limit=3{more}&cursor={cursor}");
            Assert.Equal(7, page.GetProperty("total").GetInt32());
            seen.AddRange(page.GetProperty("studies").EnumerateArray().Select(study => study.GetProperty("study_instance_uid").GetString()!));
            cursor = page.TryGetProperty("next", out var next) ? next.GetString() : null;
        }
        while (cursor is not null);
        Assert.Equal(expected.Order(StringComparer.Ordinal), seen.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=501", "limit")]
    [InlineData("date=yesterday", "date")]
    [InlineData("modality=mr", "modality")]
    [InlineData("patient_id=P*", "patient_id")]
    [InlineData("accession_number=A%5CB", "accession_number")]
    public async Task A_wrong_key_is_named(string query, string key)
    {
        var (status, problem) = await house.GetAsync("/api/pacs/studies?" + query);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(key, Assert.Single(problem.GetProperty("errors").EnumerateObject()).Name);
    }

    [Fact]
    public async Task Frames_count_through_series_and_instances_by_number_and_reports_have_none()
    {
        var second = new SyntheticImage { More = data => data.SetNumbers(DicomTags.SeriesNumber, 2) };
        var first = second with { SeriesInstanceUid = DicomUid.New(), InstanceNumber = 10, SopInstanceUid = DicomUid.New(), Frames = 3, More = data => data.SetNumbers(DicomTags.SeriesNumber, 1) };
        var early = first with { InstanceNumber = 9, SopInstanceUid = DicomUid.New(), Frames = 1 };
        var report = second with
        {
            SeriesInstanceUid = DicomUid.New(), SopInstanceUid = DicomUid.New(), HasPixels = false,
        };
        foreach (var image in new[] { second, first, early })
            await image.UploadAsync(house.Client);
        await UploadReportAsync(report);

        var (status, study) = await house.GetAsync($"/api/dicom/studies/{second.StudyInstanceUid}");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(5, study.GetProperty("frame_count").GetInt32());
        var instances = study.GetProperty("series").EnumerateArray().SelectMany(series => series.GetProperty("instances").EnumerateArray()).ToList();
        Assert.Equal(
            [(early.SopInstanceUid, 0), (first.SopInstanceUid, 1), (second.SopInstanceUid, 4), (report.SopInstanceUid, null)],
            instances.Select(one => (one.GetProperty("sop_instance_uid").GetString()!,
                one.TryGetProperty("first_frame", out var frame) ? frame.GetInt32() : (int?)null)));
    }

    [Fact]
    public async Task An_image_that_comes_later_is_counted()
    {
        var image = new SyntheticImage();
        await image.UploadAsync(house.Client);
        Assert.Equal(1, await FramesAsync(image));
        await image.Next().UploadAsync(house.Client);
        Assert.Equal(2, await FramesAsync(image));
    }

    [Theory]
    [InlineData("1.2.3.4.5.6.7.8.9", HttpStatusCode.NotFound)]
    [InlineData("nonsense", HttpStatusCode.BadRequest)]
    [InlineData("..%2Fsystem", HttpStatusCode.BadRequest)]
    public async Task What_is_no_study_is_a_problem_document(string uid, HttpStatusCode expected)
    {
        var (status, problem) = await house.GetAsync($"/api/dicom/studies/{uid}");
        Assert.Equal(expected, status);
        Assert.NotEqual("", problem.GetProperty("detail").GetString());
    }

    private async Task<int> FramesAsync(SyntheticImage image) =>
        (await house.GetAsync($"/api/dicom/studies/{image.StudyInstanceUid}")).Body.GetProperty("frame_count").GetInt32();

    /// <summary>The synthetic image says modality OT; this one says SR.</summary>
    private async Task UploadReportAsync(SyntheticImage report)
    {
        using var stream = await report.ToStreamAsync();
        var file = DicomFile.Read(stream.ToArray());
        file.Dataset.Set(DicomTags.Modality, "SR").SetNumbers(DicomTags.SeriesNumber, 3);
        using var changed = new MemoryStream();
        await file.SaveAsync(changed);
        changed.Position = 0;
        await house.Client.Instances.UploadAsync(changed);
    }
}
