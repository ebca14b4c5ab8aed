using System.Net;
using System.Text.Json;
using Gantry.Sidecar.Tests.Hosting;

namespace Gantry.Sidecar.Tests.Web;

public sealed class PagesTests
{
    [Fact]
    public async Task The_admin_page_and_its_files_are_served_under_a_strict_policy()
    {
        await using var gateway = await RunningGateway.StartAsync();
        foreach (var (path, type) in new[] { ("/", "text/html"), ("/admin.js", "text/javascript"), ("/admin.css", "text/css"), ("/favicon.svg", "image/svg+xml"),
            ("/archive", "text/html"), ("/api", "text/html"), ("/api.js", "text/javascript"), ("/api.css", "text/css") })
        {
            using var response = await gateway.Client.GetAsync(new Uri(path, UriKind.Relative));
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal(type, response.Content.Headers.ContentType!.MediaType);
            var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
            Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_admin_page_has_no_script_and_no_style_of_its_own_inside()
    {
        await using var gateway = await RunningGateway.StartAsync();
        var page = await gateway.Client.GetStringAsync(new Uri("/", UriKind.Relative));
        Assert.DoesNotContain("style=", page, StringComparison.Ordinal);
        Assert.DoesNotContain("onclick", page, StringComparison.Ordinal);
        Assert.Equal(1, page.Split("<script ").Length - 1);
        Assert.Contains("lang=\"en\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_set_aside_is_shown_with_its_reason()
    {
        await using var gateway = await RunningGateway.StartAsync();
        await gateway.Store.SetAsideAsync("ACC9", "The accession number has 20 characters.", CancellationToken.None);
        var row = Assert.Single((await gateway.GetAsync("/api/set-aside")).EnumerateArray());
        Assert.Equal("ACC9", row.GetProperty("reference").GetString());
        Assert.Equal("The accession number has 20 characters.", row.GetProperty("reason").GetString());
    }

    [Fact]
    public async Task An_exam_without_an_order_is_shown()
    {
        await using var gateway = await RunningGateway.StartAsync();
        await gateway.Store.CreateStepAsync(
            new()
            {
                SopInstanceUid = "2.25.1", Dataset = new(new byte[] { 1 }, "1.2.840.10008.1.2", null), References = [], Modality = "CT",
                StartTime = "20260105093000", CallingAeTitle = "CT1",
            }, CancellationToken.None);
        var exam = Assert.Single((await gateway.GetAsync("/api/unscheduled-exams")).EnumerateArray());
        Assert.Equal("2.25.1", exam.GetProperty("sop_instance_uid").GetString());
        Assert.Equal("IN PROGRESS", exam.GetProperty("status").GetString());
    }

    [Fact]
    public async Task The_open_api_document_describes_the_worklist()
    {
        await using var gateway = await RunningGateway.StartAsync();
        var paths = (await gateway.GetAsync("/openapi/v1.json")).GetProperty("paths");
        Assert.True(paths.GetProperty("/api/worklist").TryGetProperty("post", out _));
        Assert.True(paths.GetProperty("/api/worklist").TryGetProperty("delete", out _));
        Assert.True(paths.TryGetProperty("/health", out _));
    }

    [Fact]
    public async Task A_path_that_is_not_there_is_a_problem_document()
    {
        await using var gateway = await RunningGateway.StartAsync();
        Assert.Equal(404, (await gateway.GetAsync("/api/nothing")).GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task A_name_that_is_not_ours_is_refused()
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/worklist") { Headers = { Host = "attacker.example" } };
        using var response = await gateway.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task The_listeners_say_where_modalities_reach_us()
    {
        await using var gateway = await RunningGateway.StartAsync("Dicom:AeTitle=MWL_X");
        var report = await gateway.GetAsync("/api/listeners");
        Assert.Equal("MWL_X", report.GetProperty("ae_title").GetString());
        Assert.Equal(JsonValueKind.String, Assert.Single(report.GetProperty("end_points").EnumerateArray()).ValueKind);
    }
}
