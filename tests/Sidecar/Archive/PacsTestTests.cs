using System.Net;
using System.Text.Json;
using Gantry.Sidecar.Tests.Hosting;
using Microsoft.AspNetCore.Http;
using Orthanc.Net.Tests;

namespace Gantry.Sidecar.Tests.Archive;

/// <summary>Each fault is a step by name, with the phase and the way out, in /api/pacs/test and in /health.</summary>
[Collection(WithArchive.Name)]
public sealed class PacsTestTests(ArchiveHouse house)
{
    [Fact]
    public async Task Every_step_is_tried_against_the_real_archive()
    {
        var (status, report) = await house.GetAsync("/api/pacs/test");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(
            ["resolve", "connect", "REST", "version", "index", "DICOMweb", "C-ECHO", "storage"],
            report.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("name").GetString()!));
        foreach (var step in report.GetProperty("steps").EnumerateArray().Where(step => !ArchiveHouse.HasForeignProgram || Name(step) != "DICOMweb"))
            Assert.True(step.GetProperty("status").GetString() == "passed", step.ToString());
        Assert.NotEqual("", report.GetProperty("version").GetString());
    }

    [Fact]
    public async Task A_wrong_password_is_named_and_DICOM_is_tried_all_the_same()
    {
        await using var gateway = await RunningGateway.StartAsync([.. ArchiveHouse.Settings(house.Orthanc), "Orthanc:Password=wrong"]);
        var report = await gateway.GetAsync("/api/pacs/test");
        var rest = Step(report, "REST");
        Assert.Equal(("failed", "await reply"), (Status(rest), Text(rest, "phase")));
        Assert.Contains("password", Text(rest, "detail"), StringComparison.Ordinal);
        Assert.Equal("skipped", Status(Step(report, "index")));
        Assert.Equal("passed", Status(Step(report, "C-ECHO")));
    }

    [Fact]
    public async Task An_archive_that_is_away_degrades_the_gateway_which_still_serves()
    {
        await using var gateway = await RunningGateway.StartAsync("Orthanc:Enabled=true", "Orthanc:Url=http://127.0.0.1:1", "Orthanc:DicomPort=1");
        using var health = await gateway.Client.GetAsync(new Uri("/health", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
        var report = await gateway.GetAsync("/health");
        Assert.Equal("degraded", Status(report));
        var check = report.GetProperty("checks").EnumerateArray().Single(check => Name(check) == "archive");
        Assert.Equal("connect", Text(check, "phase"));
        Assert.Contains("Check that Orthanc runs", Text(check, "reason"), StringComparison.Ordinal);
        using var studies = await gateway.Client.GetAsync(new Uri("/api/pacs/studies", UriKind.Relative));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, studies.StatusCode);
        Assert.Equal("application/problem+json", studies.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("1.9.7", "version", "too old")]
    [InlineData("1.10.0", "DICOMweb", "not loaded")]
    public async Task What_a_stub_says_is_understood(string version, string failing, string words)
    {
        await using var stub = await StubOrthanc.AnsweringAsync(context => AnswerAsync(context, version));
        await using var gateway = await RunningGateway.StartAsync("Orthanc:Enabled=true", $"Orthanc:Url={stub.Address}", "Orthanc:DicomPort=1");
        var step = Step(await gateway.GetAsync("/api/pacs/test"), failing);
        Assert.Equal("failed", Status(step));
        Assert.Contains(words, Text(step, "detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_archive_that_stalls_is_given_up_after_the_limit()
    {
        await using var stub = await StubOrthanc.AnsweringAsync((context, self) => self.StallAsync(context));
        await using var gateway = await RunningGateway.StartAsync(
            "Orthanc:Enabled=true", $"Orthanc:Url={stub.Address}", "Orthanc:DicomPort=1", "Web:HealthTimeout=00:00:00.300");
        var rest = Step(await gateway.GetAsync("/api/pacs/test"), "REST");
        Assert.Equal(("failed", "await reply"), (Status(rest), Text(rest, "phase")));
        Assert.Contains("No answer within 0.3 s", Text(rest, "detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_gateway_without_an_archive_says_so_and_is_healthy()
    {
        await using var gateway = await RunningGateway.StartAsync();
        Assert.Equal("healthy", Status(await gateway.GetAsync("/health")));
        foreach (var path in new[] { "/api/pacs/test", "/api/pacs/studies", "/api/pacs/unified-studies", "/api/dicom/studies/1.2/frames/0" })
            Assert.Contains("Orthanc:Enabled", Text(await gateway.GetAsync(path), "detail"), StringComparison.Ordinal);
    }

    internal static JsonElement Step(JsonElement report, string name) =>
        report.GetProperty("steps").EnumerateArray().Single(step => Name(step) == name);

    internal static string Status(JsonElement element) => Text(element, "status");

    internal static string Text(JsonElement element, string property) => element.GetProperty(property).GetString()!;

    private static string Name(JsonElement element) => Text(element, "name");

    private static async Task AnswerAsync(HttpContext context, string version)
    {
        var body = context.Request.Path.Value switch
        {
            "/system" => $$"""{"Version":"{{version}}"}""",
            "/statistics" => """{"CountPatients":0,"CountStudies":0,"CountSeries":0,"CountInstances":0,"TotalDiskSize":"0","TotalUncompressedSize":"0"}""",
            "/plugins" => "[]",
            _ => null,
        };
        context.Response.StatusCode = body is null ? 404 : 200;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(body ?? "{}");
    }
}
