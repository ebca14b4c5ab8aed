using System.Diagnostics;

namespace Gantry.Worklist.Tests.Durability;

/// <summary>Another program, sqlite3, that has begun to write and does not end.</summary>
public sealed class HeldFile(string file) : IDisposable
{
    private readonly Process _sqlite3 = Process.Start(new ProcessStartInfo("sqlite3", [file])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
    })!;

    public Task BeginAsync() => SayAsync("BEGIN IMMEDIATE;");

    public Task EndAsync() => SayAsync("COMMIT;");

    public void Dispose()
    {
        _sqlite3.StandardInput.Close();
        _sqlite3.WaitForExit();
        _sqlite3.Dispose();
    }

    private async Task SayAsync(string sql)
    {
        await _sqlite3.StandardInput.WriteLineAsync(sql + " SELECT 'done';");
        await _sqlite3.StandardInput.FlushAsync();
        Assert.Equal("done", await _sqlite3.StandardOutput.ReadLineAsync());
    }
}
