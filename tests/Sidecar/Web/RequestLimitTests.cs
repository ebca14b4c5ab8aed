using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Gantry.Sidecar.Tests.Hosting;

namespace Gantry.Sidecar.Tests.Web;

/// <summary>Whoever asks too much is told how long to wait.</summary>
public sealed class RequestLimitTests
{
    [Fact]
    public async Task Too_many_requests_get_a_problem_with_the_time_to_wait_and_probes_go_on()
    {
        await using var gateway = await RunningGateway.StartAsync("Web:RequestsPerMinute=3");
        for (var i = 0; i < 3; i++)
            Assert.Equal(HttpStatusCode.OK, (await gateway.Client.GetAsync("/api/worklist")).StatusCode);

        using var refused = await gateway.Client.GetAsync("/api/worklist");

        Assert.Equal((HttpStatusCode.TooManyRequests, "application/problem+json"), (refused.StatusCode, refused.Content.Headers.ContentType!.MediaType));
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Contains("Web:RequestsPerMinute", (await refused.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await gateway.Client.GetAsync("/health")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await gateway.Client.GetAsync("/metrics")).StatusCode);
    }

    [Fact]
    public async Task Zero_is_no_limit()
    {
        await using var gateway = await RunningGateway.StartAsync("Web:RequestsPerMinute=0");
        for (var i = 0; i < 50; i++)
            Assert.Equal(HttpStatusCode.OK, (await gateway.Client.GetAsync("/api/statistics")).StatusCode);
    }
}
