namespace Gantry.EndToEnd.Tests.Hostile;

/// <summary>A well-behaved modality that asks for the worklist with findscu again and again while others misbehave.</summary>
internal static class Bystander
{
    /// <summary>Asks while the action runs, and has to be answered each time, once at least.</summary>
    public static async Task DuringAsync(SidecarAlone sidecar, Func<Task> action)
    {
        using var enough = new CancellationTokenSource();
        var asking = AskAsync(sidecar.Port, enough.Token);
        try
        {
            await action();
        }
        finally
        {
            await enough.CancelAsync();
        }
        await asking;
    }

    private static async Task AskAsync(int port, CancellationToken enough)
    {
        do
        {
            var found = await Findscu.AskAsync(port, ["AccessionNumber=4567"], "-to", "10", "-ta", "10", "-td", "10");
            Assert.Equal("4567", found.Only["0008,0050"]);
        }
        while (!enough.IsCancellationRequested);
    }
}
