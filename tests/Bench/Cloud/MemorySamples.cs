using System.Globalization;
using Gantry.Bench.Servers;

namespace Gantry.Bench.Cloud;

/// <summary>Looks at the memory of the cloud and of a gateway every second, beside the number of events that have gone through.</summary>
internal sealed class MemorySamples : IAsyncDisposable
{
    /// <summary>Before this part of the events programs still compile themselves and fill their caches.</summary>
    private const double WarmUp = 0.25;

    private readonly CancellationTokenSource _stop = new();
    private readonly (string Name, WorklistServer Program, List<Sample> Samples)[] _programs;
    private readonly HttpClient _browser = new();
    private readonly Task _sampling;
    private long _events;

    public MemorySamples(WorklistServer cloud, WorklistServer gateway)
    {
        _programs = [("cloud", cloud, []), ("gateway", gateway, [])];
        _sampling = Task.Run(SampleAsync);
    }

    /// <summary>So many more have gone through.</summary>
    public void Count(int events) => Interlocked.Add(ref _events, events);

    public async Task EndAsync()
    {
        await _stop.CancelAsync();
        await _sampling;
    }

    /// <summary>The slopes from the second quarter on: by least squares, for as many events as there were.</summary>
    public void AddTo(Figures table, long events)
    {
        foreach (var (name, _, all) in _programs)
        {
            var samples = all.Where(sample => sample.Events > events * WarmUp).ToList();
            if (samples.Count < 8) throw new BenchException($"Only {samples.Count} samples of the {name}'s memory: too few for a slope.");
            var quarters = Enumerable.Range(1, 4).Select(quarter => all.LastOrDefault(sample => sample.Events <= events * quarter / 4)?.Resident ?? 0);
            table.Add($"{name}: resident memory after 25 / 50 / 75 / 100 %", $"{string.Join(" / ", quarters.Select(Figures.Number))} MB");
            var resident = Slope(samples, sample => sample.Resident) * events;
            var mean = samples.Average(sample => sample.Resident);
            table.Add($"{name}: slope of resident memory, of {samples.Count} samples", $"{Signed(resident)} MB an hour, {Signed(100 * resident / mean)} %", "<= 10 %", resident <= mean / 10);
            table.Add($"{name}: slope of the managed heap", $"{Signed(Slope(samples, sample => sample.Heap) * events)} MB an hour, {Figures.Number(samples.Average(sample => sample.Heap))} MB on average");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _stop.Dispose();
        _browser.Dispose();
    }

    private async Task SampleAsync()
    {
        using var pace = new PeriodicTimer(TimeSpan.FromSeconds(1));
        try
        {
            while (await pace.WaitForNextTickAsync(_stop.Token))
            {
                foreach (var (_, program, samples) in _programs)
                {
                    var metrics = await _browser.GetStringAsync(new Uri($"http://127.0.0.1:{program.Port}/metrics"), _stop.Token);
                    var heap = metrics.Split('\n').First(line => line.StartsWith("gantry_process_heap_bytes", StringComparison.Ordinal)).Split(' ')[^1];
                    samples.Add(new(Interlocked.Read(ref _events), program.ResidentMegabytes() ?? 0, double.Parse(heap, CultureInfo.InvariantCulture) / (1 << 20)));
                }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Told to stop
        }
    }

    /// <summary>MB for each event.</summary>
    private static double Slope(List<Sample> samples, Func<Sample, double> value)
    {
        var (x, y) = (samples.Average(sample => sample.Events), samples.Average(value));
        var spread = samples.Sum(sample => (sample.Events - x) * (sample.Events - x));
        return spread == 0 ? 0 : samples.Sum(sample => (sample.Events - x) * (value(sample) - y)) / spread;
    }

    private static string Signed(double value) => value.ToString("+0.0;-0.0", CultureInfo.InvariantCulture);

    private sealed record Sample(long Events, double Resident, double Heap);
}
