namespace Gantry.Bench.Servers;

/// <summary>The load client against its own canned answers: what the client and the machine can do at all.</summary>
internal sealed class CeilingServer(string folder, LoadClient client) : WorklistServer(ServerName, folder)
{
    public const string ServerName = "ceiling";

    public override bool HasMpps => true;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Folder);
        return Task.CompletedTask;
    }

    public override async Task PrepareAsync(BenchCase benchCase, CancellationToken cancellationToken)
    {
        await StopAsync();
        await LaunchAsync(
            client.Program, ["null-scp", "--port", $"{Port}", "--canned", $"{benchCase.CannedAnswers}"],
            new Dictionary<string, string>(), cancellationToken);
    }

    // It keeps nothing, so what it takes says nothing
    public override double? PeakMegabytes() => null;
}
