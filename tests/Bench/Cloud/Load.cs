using System.Globalization;

namespace Gantry.Bench.Cloud;

/// <summary>Who has used the processor since a moment, in cores: a figure on a shared machine is worth little without it.</summary>
internal sealed class Load(params (string Name, Func<double?> Seconds)[] programs)
{
    // USER_HZ, which Linux has fixed at 100 for programs
    public const double TicksPerSecond = 100;

    private readonly long _begun = TimeProvider.System.GetTimestamp();
    private readonly double _own = Environment.CpuUsage.TotalTime.TotalSeconds;
    private readonly double _all = Busy();
    private readonly double[] _before = [.. programs.Select(program => program.Seconds() ?? 0)];

    /// <summary>"cloud 0.61, bench with its clients 0.40, all others 0.12 of 2".</summary>
    public string Shares()
    {
        var elapsed = TimeProvider.System.GetElapsedTime(_begun).TotalSeconds;
        var used = programs.Select((program, at) => (program.Name, Seconds: (program.Seconds() ?? 0) - _before[at])).ToList();
        used.Add(("bench with its clients", Environment.CpuUsage.TotalTime.TotalSeconds - _own));
        used.Add(("all others", Math.Max(0, Busy() - _all - used.Sum(one => one.Seconds))));
        var shares = used.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Name} {one.Seconds / elapsed:0.00}"));
        return $"{string.Join(", ", shares)} of {Environment.ProcessorCount}";
    }

    /// <summary>"1.42 of 2", whoever used it.</summary>
    public string Everybody() => string.Create(
        CultureInfo.InvariantCulture, $"{(Busy() - _all) / TimeProvider.System.GetElapsedTime(_begun).TotalSeconds:0.00} of {Environment.ProcessorCount}");

    /// <summary>Seconds that all processors together were busy since the machine started.</summary>
    private static double Busy()
    {
        // cpu user nice system idle iowait irq softirq steal
        var fields = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Skip(1).Take(8).Where((_, at) => at is not (3 or 4)).Sum(field => double.Parse(field, CultureInfo.InvariantCulture)) / TicksPerSecond;
    }
}
