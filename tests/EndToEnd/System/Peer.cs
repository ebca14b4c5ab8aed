using System.Collections.Concurrent;
using System.Diagnostics;

namespace Gantry.EndToEnd.Tests;

/// <summary>What a finished program printed (both streams, in order of arrival) and its exit status.</summary>
internal sealed record PeerResult(string Command, int Status, string Output)
{
    public PeerResult MustSucceed()
    {
        Assert.True(Status == 0, $"{Command} ended with status {Status}:\n{Output}");
        return this;
    }

    public override string ToString() => $"{Command} (status {Status})\n{Output}";
}

/// <summary>
/// A program that others wrote (or our own, from outside), running with a time limit; whatever it prints is kept. It and
/// what it started are gone when this is disposed.
/// </summary>
internal sealed class Peer : IAsyncDisposable
{
    private static readonly TimeSpan DefaultLimit = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly string _command;
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private readonly List<(string Text, TaskCompletionSource Seen)> _awaited = [];
    private int _openStreams = 2;

    private Peer(ProcessStartInfo start, string command)
    {
        _command = command;
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Receive(line.Data);
        _process.ErrorDataReceived += (_, line) => Receive(line.Data);
        _process.Start();
        _process.StandardInput.Close();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    public string Output => string.Join('\n', _lines);

    /// <summary>Runs a program to its end.</summary>
    /// <exception cref="TimeoutException">It took longer than the limit and was killed; the text holds what it printed.</exception>
    public static async Task<PeerResult> RunAsync(string program, IEnumerable<string> arguments, TimeSpan? limit = null)
    {
        await using var peer = Start(program, arguments);
        return await peer.EndAsync(limit);
    }

    /// <summary>Runs a line of shell, as a person would type it.</summary>
    public static Task<PeerResult> ShellAsync(string line, TimeSpan? limit = null) => RunAsync("bash", ["-c", line], limit);

    public static Peer Start(
        string program, IEnumerable<string> arguments, string? folder = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        string[] list = [.. arguments];
        var start = new ProcessStartInfo(program, list) { WorkingDirectory = folder ?? Path.GetTempPath() };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        return new(start, $"{program} {string.Join(' ', list)}");
    }

    /// <summary>Waits until it prints a line with the text.</summary>
    /// <exception cref="InvalidOperationException">It ended first.</exception>
    public async Task SeesAsync(string text, TimeSpan? limit = null)
    {
        TaskCompletionSource seen = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_lines.Any(line => line.Contains(text, StringComparison.Ordinal)))
                return;
            _awaited.Add((text, seen));
        }
        await WithinAsync(Task.WhenAny(seen.Task, _ended.Task), limit, $"printed no '{text}'");
        if (!seen.Task.IsCompleted)
            throw new InvalidOperationException($"{_command} ended without printing '{text}':\n{Output}");
    }

    /// <summary>Sends a signal, such as INT (what Ctrl-C sends) or TERM.</summary>
    public async Task SignalAsync(string signal) =>
        (await RunAsync("kill", [$"-{signal}", Id.ToString(System.Globalization.CultureInfo.InvariantCulture)])).MustSucceed();

    /// <summary>Waits for its end.</summary>
    public async Task<PeerResult> EndAsync(TimeSpan? limit = null)
    {
        await WithinAsync(_process.WaitForExitAsync(), limit, "has not ended");
        return new(_command, _process.ExitCode, Output);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }
        _process.Dispose();
    }

    private async Task WithinAsync(Task task, TimeSpan? limit, string complaint)
    {
        try
        {
            await task.WaitAsync(limit ?? DefaultLimit);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"{_command} {complaint} in {limit ?? DefaultLimit}:\n{Output}");
        }
    }

    private void Receive(string? line)
    {
        if (line is null)
        {
            if (Interlocked.Decrement(ref _openStreams) == 0)
                _ended.TrySetResult();
            return;
        }
        lock (_gate)
        {
            _lines.Enqueue(line);
            foreach (var (_, seen) in _awaited.Where(awaited => line.Contains(awaited.Text, StringComparison.Ordinal)))
                seen.TrySetResult();
        }
    }
}
