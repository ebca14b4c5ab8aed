using System.Net;
using Gantry.Cloud.Tests.System;

namespace Gantry.Cloud.Tests.Accounts;

/// <summary>Whoever asks too much is told how long to wait.</summary>
[Collection(nameof(SharedCloud))]
public sealed class RequestLimitTests(SharedCloud.Fixture shared)
{
    [Fact]
    public async Task Too_many_requests_of_an_address_are_refused_with_the_time_to_wait_and_probes_go_on()
    {
        await using var cloud = await CloudSystem.StartAsync(await shared.Cluster.NewDatabaseAsync(), true, "--CLOUD_REQUESTS_PER_MINUTE=5");
        using var http = new HttpClient { BaseAddress = new(cloud.Address) };
        for (var i = 0; i < 5; i++)
            (await http.GetAsync("/sign-in")).Dispose();

        using var page = await http.GetAsync("/clinics");
        using var program = await http.GetAsync($"/api/clinic/{Guid.NewGuid()}/statuses");

        Assert.Equal((HttpStatusCode.TooManyRequests, HttpStatusCode.TooManyRequests), (page.StatusCode, program.StatusCode));
        Assert.Equal("application/problem+json", program.Content.Headers.ContentType!.MediaType);
        Assert.InRange(program.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Contains("Wait a minute", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/health")).StatusCode);
    }

    [Fact]
    public async Task Whoever_guesses_passwords_is_told_how_long_to_wait()
    {
        await using var cloud = await CloudSystem.StartAsync(await shared.Cluster.NewDatabaseAsync(), true, "--CLOUD_SIGN_INS_PER_MINUTE=2");
        using var visitor = cloud.Visitor();
        for (var i = 0; i < 2; i++)
            (await visitor.SignInAsync("a@b.test", "guess")).Dispose();

        using var refused = await visitor.SignInAsync("a@b.test", "guess");

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.True(refused.Headers.RetryAfter!.Delta > TimeSpan.Zero);
    }
}
