using System.Diagnostics;
using System.Globalization;

namespace Gantry.Dicom.Tests.Fuzz;

/// <summary>
/// Case after case for a bounded time: 2 seconds unless the caller wants another, or GANTRY_FUZZ_SECONDS. It starts at an
/// arbitrary seed, or at GANTRY_FUZZ_SEED; a failure names the seed of its case, so that it can be had again.
/// </summary>
public static class FuzzRun
{
    public static int ForEach(Action<FuzzCase> check) => ForEachAsync(fuzzCase =>
    {
        check(fuzzCase);
        return Task.CompletedTask;
    }).GetAwaiter().GetResult();

    /// <summary>Runs the check on case after case; the result is how many there were.</summary>
    public static async Task<int> ForEachAsync(Func<FuzzCase, Task> check, int usualSeconds = 2)
    {
        var duration = TimeSpan.FromSeconds(Number("GANTRY_FUZZ_SECONDS") ?? usualSeconds);
        var started = Stopwatch.GetTimestamp();
        var seed = Number("GANTRY_FUZZ_SEED") ?? Environment.TickCount;
        var count = 0;
        do
        {
            var fuzzCase = FuzzCase.FromSeed(unchecked(seed + count));
            try
            {
                await check(fuzzCase);
            }
            catch (Exception error)
            {
                throw new InvalidOperationException(
                    $"Fuzz case GANTRY_FUZZ_SEED={fuzzCase.Seed} ({fuzzCase.Story}) failed: {error.Message}\n{Start(fuzzCase)}",
                    error);
            }
            count++;
        }
        while (Stopwatch.GetElapsedTime(started) < duration);
        return count;
    }

    private static string Start(FuzzCase fuzzCase)
    {
        var bytes = fuzzCase.Bytes;
        return $"{bytes.Length} bytes: {Convert.ToHexString(bytes.AsSpan(0, Math.Min(bytes.Length, 400)))}";
    }

    private static int? Number(string variable)
    {
        var text = Environment.GetEnvironmentVariable(variable);
        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}
