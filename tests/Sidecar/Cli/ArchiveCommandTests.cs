using Gantry.Dicom;
using Gantry.Dicom.Network;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Gantry.Sidecar.Tests.Cli;

public sealed class ArchiveCommandTests
{
    [Fact]
    public async Task Pacs_test_stores_one_image_and_finds_it_again()
    {
        await using var archive = await FakeArchive.StartAsync(answersQueries: true);
        var result = await Shell.RunAsync("pacs-test", "-H", "127.0.0.1", "-p", archive.Port, "-m", "CT", "--json");
        Assert.Equal(0, result.Code);
        Assert.Equal(["associate ok", "C-ECHO ok", "C-STORE CT ok", "release ok", "arrived ok"], result.Steps);
        Assert.Equal("CT", Assert.Single(archive.Images).GetString(DicomTags.Modality));
    }

    [Fact]
    public async Task Pacs_test_says_so_where_nobody_can_be_asked_for_the_image()
    {
        await using var archive = await FakeArchive.StartAsync();
        var result = await Shell.RunAsync("pacs-test", "-H", "127.0.0.1", "-p", archive.Port, "--store-only", "--json");
        Assert.Equal(0, result.Code);
        Assert.Equal(["associate ok", "C-STORE MG ok", "release ok", "arrived skipped"], result.Steps);
    }

    [Theory]
    [InlineData("""[{"ID":"a-b-c","Path":"/instances/a-b-c","Type":"Instance"}]""", 0, "arrived ok")]
    [InlineData("[]", 1, "arrived failed")]
    public async Task Where_the_archive_answers_no_query_its_rest_is_asked_for_the_image(string answer, int code, string step)
    {
        await using var archive = await FakeArchive.StartAsync();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        await using var rest = builder.Build();
        string? asked = null;
        rest.MapPost("/tools/lookup", async (HttpRequest request) =>
        {
            asked = await new StreamReader(request.Body).ReadToEndAsync();
            return Results.Content(answer, "application/json");
        });
        await rest.StartAsync();
        var result = await Shell.RunAsync(
            new() { ["ORTHANC_URL"] = rest.Urls.First(), ["Orthanc__DicomPort"] = archive.Port },
            ["pacs-test", "-H", "127.0.0.1", "-p", archive.Port, "--json"]);
        Assert.Equal(code, result.Code);
        Assert.Equal(step, result.Steps[^1]);
        Assert.Equal(Assert.Single(archive.Images).GetString(DicomTags.SOPInstanceUID), asked);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Progress_is_written_only_where_somebody_watches(bool isInteractive)
    {
        await using var archive = await FakeArchive.StartAsync();
        var result = await Shell.RunAsync(
            [], ["dicom-send", "-H", "127.0.0.1", "-p", archive.Port, "-m", "CT", "--images", "2"], isInteractive: isInteractive);
        Assert.Equal(0, result.Code);
        Assert.Equal(isInteractive, result.Out.Contains("sending CT image 2", StringComparison.Ordinal));
        Assert.Contains("2 images", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pacs_test_with_echo_only_stores_nothing()
    {
        await using var archive = await FakeArchive.StartAsync();
        var result = await Shell.RunAsync("pacs-test", "-H", "127.0.0.1", "-p", archive.Port, "--echo-only", "--json");
        Assert.Equal(["associate ok", "C-ECHO ok", "release ok"], result.Steps);
        Assert.Empty(archive.Images);
    }

    [Fact]
    public async Task A_full_archive_is_told_with_its_status_and_comment()
    {
        await using var archive = await FakeArchive.StartAsync(takes: 0);
        var result = await Shell.RunAsync("pacs-test", "-H", "127.0.0.1", "-p", archive.Port, "--json");
        Assert.Equal((1, "answer"), (result.Code, result.Failure.Phase));
        Assert.Contains("0xA700 (out of resources): The disk is full", result.Failure.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_archive_that_does_not_know_us_rejects_and_the_way_out_is_told()
    {
        await using var archive = await FakeArchive.StartAsync(policy: new Closed());
        var result = await Shell.RunAsync("pacs-test", "-H", "127.0.0.1", "-p", archive.Port, "--json");
        Assert.Equal((1, "associate"), (result.Code, result.Failure.Phase));
        Assert.Contains("--calling", result.Failure.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dicom_send_stores_a_study_of_each_modality_into_storescp()
    {
        await using var archive = await Storescp.StartAsync();
        var result = await Shell.RunAsync(
            new() { ["ORTHANC_HOST"] = "127.0.0.1", ["ORTHANC_PORT"] = archive.Port },
            ["dicom-send", "--images", "2", "--columns", "128"]);
        Assert.True(result.Code == 0, result.Out);
        var images = archive.Images;
        Assert.Equal(
            ["CR 1", "CT 2", "MG 4", "MR 2", "XA 1"],
            images.GroupBy(image => image.GetString(DicomTags.Modality)).Select(group => $"{group.Key} {group.Count()}").Order());
        Assert.Equal(5, images.Select(image => image.GetString(DicomTags.StudyInstanceUID)).Distinct().Count());
        Assert.Contains("PHANTOM-XA", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dicom_send_tells_how_many_images_were_taken_before_the_refusal()
    {
        await using var archive = await FakeArchive.StartAsync(takes: 2);
        var result = await Shell.RunAsync(
            "dicom-send", "-H", "127.0.0.1", "-p", archive.Port, "-m", "CT", "MR", "--images", "3", "--json");
        Assert.Equal(1, result.Code);
        Assert.Equal(["associate ok", "C-STORE CT failed"], result.Steps);
        Assert.Contains("taken 2 images before", result.Failure.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_in_the_environment_that_is_none_is_named()
    {
        var result = await Shell.RunAsync(new() { ["ORTHANC_PORT"] = "dicom" }, ["dicom-send", "--json"]);
        Assert.Equal((1, "settings"), (result.Code, result.Failure.Phase));
        Assert.Contains("ORTHANC_PORT", result.Failure.Detail, StringComparison.Ordinal);
    }

    private sealed class Closed : IAssociationPolicy
    {
        public AssociationDecision Decide(AssociationProposal proposal) => AssociationDecision.RejectCallingAeTitle;
    }
}
