using System.Diagnostics;
using System.Globalization;
using Gantry.Worklist.Tests.Engines;

namespace Gantry.Worklist.Tests.Durability;

public sealed class CrashTests : IDisposable
{
    private readonly SqlitePlace _place = new();

    /// <summary>
    /// A child creates and finishes steps and prints each UID once the store said it was done; it is killed in the middle.
    /// </summary>
    [Fact]
    public async Task Whatever_was_reported_as_done_is_in_the_file_after_kill_minus_9()
    {
        using Process child = Process.Start(new ProcessStartInfo(
            Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet",
            [typeof(CrashTests).Assembly.Location, CrashChild.Word, _place.File])
        {
            RedirectStandardOutput = true,
        })!;
        var reported = new List<string>();
        while (reported.Count < 200 && await child.StandardOutput.ReadLineAsync() is { } line) reported.Add(line);
        child.Kill();
        reported.AddRange((await child.StandardOutput.ReadToEndAsync()).Split('\n')[..^1]);
        await child.WaitForExitAsync();

        await using IWorklistStore store = await _place.OpenAsync();
        Assert.True(reported.Count >= 200, $"The child reported {reported.Count} steps.");
        foreach (string line in reported)
        {
            string[] words = line.Split(' ');
            PerformedStep? step = await store.GetStepAsync(words[1], default);
            Assert.NotNull(step);
            if (words[0] == "finished") Assert.Equal(StepStatus.Completed, step.Status);
            Assert.Equal(words[1].ToString(CultureInfo.InvariantCulture), step.SopInstanceUid);
        }

        Assert.Equal("ok", await _place.ByAnotherProgramAsync("PRAGMA integrity_check"));
    }

    public void Dispose() => _place.Dispose();
}
