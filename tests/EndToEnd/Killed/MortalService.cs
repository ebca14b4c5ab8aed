using System.Diagnostics;
using System.Globalization;

namespace Gantry.EndToEnd.Tests.Killed;

/// <summary>
/// A service of compose/up that is ended and started again as it was: the same program, arguments, environment, folder and user. What
/// supervises services on a real machine does the same.
/// </summary>
internal sealed class MortalService(GantrySystem system, string name) : IAsyncDisposable
{
    private readonly List<Peer> _lives = [];

    public string Name => name;

    /// <summary>Ends it by a signal, and starts it again after a while.</summary>
    /// <param name="signal">KILL is a crash, TERM and INT ask.</param>
    /// <param name="away">How long it stays away.</param>
    public async Task RestartAsync(string signal, TimeSpan away)
    {
        var id = system.ProcessOf(name);
        var arguments = Words(await File.ReadAllTextAsync($"/proc/{id}/cmdline"));
        var environment = Words(await File.ReadAllTextAsync($"/proc/{id}/environ")).Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        var folder = new FileInfo($"/proc/{id}/cwd").LinkTarget!;
        var user = (await Peer.RunAsync("stat", ["-c", "%U", $"/proc/{id}"])).MustSucceed().Output.Trim();

        var process = Process.GetProcessById(id);
        (await Peer.RunAsync("kill", [$"-{signal}", $"{id}"])).MustSucceed();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));
        if (away > TimeSpan.Zero)
        {
            using var pause = new PeriodicTimer(away);
            await pause.WaitForNextTickAsync();
        }

        // PostgreSQL runs as another user, in a folder that is handed over open as file 9: compose/lib/services/postgres.sh
        var program = string.Join(' ', arguments.Select(Quoted));
        var open = name == "postgres" ? $"exec 9<{Quoted($"{system.Data}/postgres")}; " : "";
        var asUser = user == Environment.UserName ? "" : $"setpriv --reuid={user} --regid=$(id -g {user}) --init-groups ";
        _lives.Add(Peer.Start(
            "bash", ["-c", $"{open}cd {Quoted(name == "postgres" ? "/" : folder)}; exec {asUser}{program} >>{Quoted($"{system.Data}/logs/{name}.log")} 2>&1"],
            environment: environment));
        // By this compose/up --stop knows it
        var stat = (await File.ReadAllTextAsync($"/proc/{_lives[^1].Id}/stat")).Split(") ")[^1].Split(' ');
        await File.WriteAllTextAsync(
            Path.Combine(system.Data, "run", $"{name}.pid"), string.Create(CultureInfo.InvariantCulture, $"{_lives[^1].Id} {stat[19]}\n"));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var life in _lives)
            await life.DisposeAsync();
    }

    private static string[] Words(string text) => text.Split('\0', StringSplitOptions.RemoveEmptyEntries);

    private static string Quoted(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
