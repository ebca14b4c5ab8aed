using System.Diagnostics;

namespace Gantry.Sidecar.Tests.Wire;

/// <summary>The sqlite3 program, as a user or a script at a site runs it.</summary>
internal static class SqliteCli
{
    public static Task<string> RunAsync(string file, string sql) => Program.RunAsync("sqlite3", "-bail", "-cmd", ".timeout 5000", file, sql);
}

/// <summary>Another program, with an end to our patience.</summary>
internal static class Program
{
    public static async Task<string> RunAsync(string name, params string[] arguments)
    {
        var (exitCode, output) = await TryAsync(name, arguments);
        return exitCode == 0 ? output : throw new InvalidOperationException($"{name} ended with {exitCode}: {output}");
    }

    public static async Task<(int ExitCode, string Output)> TryAsync(string name, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(name, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var output = process.StandardOutput.ReadToEndAsync(patience.Token);
        var errors = process.StandardError.ReadToEndAsync(patience.Token);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }

        return (process.ExitCode, (await output + await errors).TrimEnd('\n'));
    }
}
