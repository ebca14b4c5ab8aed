namespace Gantry.EndToEnd.Tests.Hostile;

/// <summary>A well-behaved modality that asks for the worklist with findscu again and again while others misbehave.</summary>
internal sealed class Bystander
{
    private readonly CancellationTokenSource _enough = new();
    private readonly Task<int> _asking;

    private Bystander(int port) => _asking = AskAsync(port);

    /// <summary>Asks while the action runs, and has to be answered each time, once at least.</summary>
    public static async Task DuringAsync(SidecarAlone sidecar, Func<Task> action)
    {
        var bystander = new Bystander(sidecar.Port);
        try
        {
            await action();
        }
        finally
        {
            await bystander._enough.CancelAsync();
        }
        Assert.True(await bystander._asking > 0);
        bystander._enough.Dispose();
    }

    private async Task<int> AskAsync(int port)
    {
        var count = 0;
        do
        {
            var found = await Findscu.AskAsync(port, ["AccessionNumber=4567"], "-to", "10", "-ta", "10", "-td", "10");
            Assert.Equal("4567", found.Only["0008,0050"]);
            count++;
        }
        while (!_enough.IsCancellationRequested);
        return count;
    }
}
