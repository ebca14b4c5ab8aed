using System.Diagnostics;
using System.Globalization;

namespace Gantry.Sidecar.Archive.Pictures;

/// <summary>
/// Runs a program that reads what strangers made: no shell, an empty environment, a limit of time, and limits of memory, processor
/// time and file size by util-linux's prlimit where that is installed (on Debian it always is).
/// </summary>
internal static class BoundedProcess
{
    private const long MostMemory = 2L << 30;
    private const long LongestFile = 512L << 20;

    /// <summary>Where a program is; null if it is not in the path.</summary>
    public static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    /// <summary>Runs it to its end, and returns its exit code.</summary>
    /// <exception cref="PictureException">It did not end in time, or could not be started.</exception>
    public static async Task<int> RunAsync(
        string program, IReadOnlyList<string> arguments, string folder, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var process = new Process { StartInfo = StartInfo(program, arguments, folder, limit) };
        try
        {
            process.Start();
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            throw new PictureException($"{Path.GetFileName(program)} cannot be started: {error.Message}", error);
        }
        using var clock = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        clock.CancelAfter(limit);
        try
        {
            // What it prints is read so that it never waits for a reader, and thrown away: it may quote the file
            await Task.WhenAll(
                process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, clock.Token),
                process.StandardError.BaseStream.CopyToAsync(Stream.Null, clock.Token),
                process.WaitForExitAsync(clock.Token));
            return process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            cancellationToken.ThrowIfCancellationRequested();
            throw new PictureException(FormattableString.Invariant($"{Path.GetFileName(program)} did not end within {limit.TotalSeconds:0} s."));
        }
    }

    private static ProcessStartInfo StartInfo(string program, IReadOnlyList<string> arguments, string folder, TimeSpan limit)
    {
        var prlimit = Find("prlimit");
        var start = new ProcessStartInfo(prlimit ?? program)
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true,
        };
        start.Environment.Clear();
        start.Environment["LC_ALL"] = "C";
        if (prlimit is not null)
        {
            foreach (var (name, most) in new[] { ("as", MostMemory), ("fsize", LongestFile), ("cpu", (long)limit.TotalSeconds + 1), ("core", 0) })
                start.ArgumentList.Add(string.Create(CultureInfo.InvariantCulture, $"--{name}={most}"));
            start.ArgumentList.Add("--");
            start.ArgumentList.Add(program);
        }
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        return start;
    }
}
