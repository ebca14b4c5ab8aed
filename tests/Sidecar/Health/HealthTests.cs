using System.Net;
using Gantry.Sidecar.Tests.Cli;
using Gantry.Sidecar.Tests.Hosting;
using Gantry.Sidecar.Tests.Wire;
using Gantry.Worklist;
using Microsoft.Extensions.DependencyInjection;

namespace Gantry.Sidecar.Tests.Health;

public sealed class HealthTests
{
    [Fact]
    public async Task Health_is_shown_by_an_echo_to_each_listener_and_a_query_of_the_worklist()
    {
        await using var gateway = await RunningGateway.StartAsync("Dicom:BindAddresses=127.0.0.1,127.0.0.2");
        var health = await gateway.GetAsync("/health");
        Assert.Equal("healthy", health.GetProperty("status").GetString());
        Assert.Equal(
            [.. gateway.Listener.EndPoints.Select(endPoint => $"dicom {endPoint}"), "worklist", "worklist room"],
            health.GetProperty("checks").EnumerateArray().Select(check => check.GetProperty("name").GetString()!));
        Assert.Equal(2, gateway.Listener.Counters.AssociationsAccepted);
    }

    [Fact]
    public async Task Checks_of_callers_do_not_keep_the_gateway_from_echoing_itself()
    {
        await using var gateway = await RunningGateway.StartAsync(
            "Dicom:CheckCalledAeTitle=true", "Dicom:CheckModalityHost=true", "Dicom:Modalities:0:Name=X", "Dicom:Modalities:0:AeTitle=X",
            "Dicom:Modalities:0:Host=192.0.2.1");
        Assert.Equal("healthy", (await gateway.GetAsync("/health")).GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_listener_that_is_gone_is_named_with_the_phase()
    {
        await using var gateway = await RunningGateway.StartAsync("Web:HealthCacheTime=00:00:00");
        await gateway.Listener.StopAsync(CancellationToken.None);
        using var response = await gateway.Client.GetAsync(new Uri("/health", UriKind.Relative));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        var check = (await gateway.GetAsync("/health")).GetProperty("checks").EnumerateArray().First();
        Assert.Equal("connect", check.GetProperty("phase").GetString());
        Assert.Equal("healthy", (await gateway.GetAsync("/health")).GetProperty("checks").EnumerateArray().Last().GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_worklist_that_can_only_be_read_is_served_and_the_health_says_what_cannot_be_done()
    {
        var isFull = false;
        await using var gateway = await RunningGateway.StartAsync(services => FailingStore.Into(
            services, operation => isFull && operation.StartsWith("Enqueue", StringComparison.Ordinal) ? WorklistStoreFailure.DiskFull : null), "Web:HealthCacheTime=00:00:00");
        Assert.Equal("healthy", (await gateway.GetAsync("/health")).GetProperty("status").GetString());

        isFull = true;

        using var answer = await gateway.Client.GetAsync("/health");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("Exams and new orders cannot be stored.", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        isFull = false;
        Assert.Equal("healthy", (await gateway.GetAsync("/health")).GetProperty("status").GetString());
    }

    [Fact]
    public async Task That_an_exam_could_not_be_stored_is_told_until_one_is()
    {
        var isFull = true;
        await using var gateway = await RunningGateway.StartAsync(services => FailingStore.Into(
            services, operation => isFull && operation.StartsWith("CreateStep", StringComparison.Ordinal) ? WorklistStoreFailure.DiskFull : null), "Web:HealthCacheTime=00:00:00", "Demo:Enabled=true");
        string[] exam = ["worklist-test", "-H", "127.0.0.1", "-p", $"{gateway.Listener.EndPoints[0].Port}", "--mpps"];

        Assert.Equal(1, (await Shell.RunAsync(exam)).Code);

        Assert.Contains("an exam\\u0027s report could not be stored", await gateway.Client.GetStringAsync("/health"), StringComparison.Ordinal);
        isFull = false;
        Assert.Equal(0, (await Shell.RunAsync(exam)).Code);
        Assert.Equal("healthy", (await gateway.GetAsync("/health")).GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_result_is_repeated_for_a_while_instead_of_checked_again()
    {
        await using var gateway = await RunningGateway.StartAsync("Web:HealthCacheTime=00:01:00");
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => gateway.GetAsync("/health")));
        Assert.Equal(1, gateway.Listener.Counters.AssociationsAccepted);
    }

    [Fact]
    public async Task Live_says_only_that_the_process_answers()
    {
        await using var gateway = await RunningGateway.StartAsync();
        Assert.Equal("alive", await gateway.Client.GetStringAsync(new Uri("/health/live", UriKind.Relative)));
        Assert.Equal(0, gateway.Listener.Counters.AssociationsAccepted);
    }
}
