using System.Net;
using System.Net.Sockets;

namespace Orthanc.Net.Tests;

[Collection(ArchiveTests.Name)]
public sealed class JobTests(RunningOrthanc orthanc)
{
    private readonly OrthancClient _client = orthanc.Client;

    [Fact]
    public async Task A_job_that_waits_is_paused_resumed_and_cancelled()
    {
        // Two jobs run at a time, and these two hang on a node that takes the connection and says nothing
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await _client.Modalities.SetAsync("silent", new OrthancModality { AeTitle = "SILENT", Host = "127.0.0.1", Port = ((IPEndPoint)silent.LocalEndpoint).Port });
        var stored = await new SyntheticImage().UploadAsync(_client);
        var first = await _client.Modalities.StoreAsync("silent", [stored.Id]);
        var second = await _client.Modalities.StoreAsync("silent", [stored.Id]);
        var waiting = await _client.Modalities.StoreAsync("silent", [stored.Id]);

        await _client.Jobs.PauseAsync(waiting.Id);
        Assert.Equal(JobState.Paused, (await _client.Jobs.GetAsync(waiting.Id)).State);
        await _client.Jobs.ResumeAsync(waiting.Id);
        Assert.NotEqual(JobState.Paused, (await _client.Jobs.GetAsync(waiting.Id)).State);
        await _client.Jobs.CancelAsync(waiting.Id);

        Assert.Equal(JobState.Failure, (await _client.Jobs.WaitAsync(waiting.Id)).State);
        silent.Stop();
        Assert.Equal(JobState.Failure, (await _client.Jobs.WaitAsync(first.Id)).State);
        Assert.Equal(JobState.Failure, (await _client.Jobs.WaitAsync(second.Id)).State);
    }

    [Fact]
    public async Task Following_a_job_ends_by_cancellation()
    {
        using var end = new CancellationTokenSource();
        await end.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _client.Jobs.WaitAsync("any", end.Token));
    }
}
