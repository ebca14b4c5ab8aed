using System.Diagnostics;
using System.Text.Json;

namespace Gantry.Bench;

/// <summary>
/// The neutral load client: a DCMTK program that belongs to nobody's server. Built from its own folder into ours, run as a
/// process for each measurement.
/// </summary>
internal sealed class LoadClient
{
    private readonly string _program;

    private LoadClient(string program) => _program = program;

    public string Program => _program;

    public static async Task<LoadClient> BuildAsync(BenchOptions options, CancellationToken cancellationToken)
    {
        var source = Path.Combine(options.LoadClientFolder, "mwl_load.cpp");
        if (!File.Exists(source))
        {
            throw new BenchException($"The load client is not in {options.LoadClientFolder}; say where with --load-client.");
        }

        var program = Path.Combine(options.WorkFolder, "mwl_load");
        if (File.Exists(program) && File.GetLastWriteTimeUtc(program) >= File.GetLastWriteTimeUtc(source)) return new(program);
        Console.Error.WriteLine("Building the load client ...");
        var (code, _, errors) = await RunAsync(
            "make", ["-s", "-f", Path.Combine(options.LoadClientFolder, "Makefile"), $"VPATH={options.LoadClientFolder}", "mwl_load"],
            options.WorkFolder, cancellationToken);
        return code == 0 ? new(program)
            : throw new BenchException($"The load client cannot be built (apt-get install g++ make libdcmtk-dev): {errors}");
    }

    /// <summary>One measurement; the client's own figures.</summary>
    public async Task<Measurement> MeasureAsync(string arguments, int port, CancellationToken cancellationToken)
    {
        var (_, output, errors) = await RunAsync(
            _program, [.. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--port", $"{port}", "--json"], ".", cancellationToken);
        try
        {
            using var json = JsonDocument.Parse(output);
            return Measurement.Of(json.RootElement);
        }
        catch (JsonException)
        {
            return new Measurement { Error = errors.Length > 0 ? errors.Trim() : "the client printed nothing" };
        }
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(
        string program, IReadOnlyList<string> arguments, string folder, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var process = Process.Start(start) ?? throw new BenchException($"{program} did not start.");
        await using var killed = cancellationToken.Register(() => process.Kill(entireProcessTree: true));
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode, await output, await errors);
    }
}
