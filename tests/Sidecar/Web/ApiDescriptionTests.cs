using Gantry.Sidecar.Tests.Hosting;

namespace Gantry.Sidecar.Tests.Web;

public sealed class ApiDescriptionTests
{
    private static readonly string[] Methods = ["get", "post", "put", "delete"];

    [Fact]
    public async Task Every_call_has_a_name_of_its_own_a_summary_and_parameters_that_are_explained()
    {
        await using var gateway = await RunningGateway.StartAsync();
        var operations = (await gateway.GetAsync("/openapi/v1.json")).GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Where(method => Methods.Contains(method.Name))
                .Select(method => (Name: $"{method.Name} {path.Name}", Operation: method.Value)))
            .Where(one => one.Name.StartsWith("get /api/", StringComparison.Ordinal) || one.Name.Contains("/api/worklist", StringComparison.Ordinal)).ToList();
        Assert.Equal(operations.Count, operations.Select(one => one.Operation.GetProperty("operationId").GetString()).Distinct().Count());
        foreach (var (name, operation) in operations)
        {
            Assert.True(operation.TryGetProperty("summary", out _), name);
            if (operation.TryGetProperty("parameters", out var parameters))
                Assert.All(parameters.EnumerateArray(), parameter => Assert.True(parameter.TryGetProperty("description", out _), $"{name}: {parameter}"));
        }
    }

    [Theory]
    [InlineData("/api/pacs/test")]
    [InlineData("/api/pacs/studies")]
    [InlineData("/api/pacs/unified-studies")]
    [InlineData("/api/dicom/studies")]
    [InlineData("/api/dicom/studies/{studyUid}")]
    [InlineData("/api/dicom/studies/{studyUid}/frames/{frameIndex}")]
    public async Task Calls_to_the_archive_are_described_with_their_problems(string path)
    {
        await using var gateway = await RunningGateway.StartAsync();
        var answers = (await gateway.GetAsync("/openapi/v1.json")).GetProperty("paths").GetProperty(path).GetProperty("get").GetProperty("responses");
        Assert.True(answers.GetProperty("503").GetProperty("content").TryGetProperty("application/problem+json", out _));
        Assert.True(answers.GetProperty("200").TryGetProperty("content", out var content));
        if (path.EndsWith("{frameIndex}", StringComparison.Ordinal))
            Assert.Equal(["image/jpeg", "image/png"], content.EnumerateObject().Select(type => type.Name));
    }
}
