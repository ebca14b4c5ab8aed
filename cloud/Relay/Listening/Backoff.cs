namespace Gantry.Relay;

/// <summary>Pauses between attempts: each up to twice as long as the one before, with jitter so that many do not come at once.</summary>
/// <param name="first">The first pause at its longest.</param>
/// <param name="longest">No pause is longer.</param>
/// <param name="random">0 to 1.</param>
internal sealed class Backoff(TimeSpan first, TimeSpan longest, Func<double> random)
{
    private int _failures;

    /// <summary>The next pause: between a half and the whole of what its turn allows.</summary>
    public TimeSpan Next()
    {
        var whole = Math.Min(longest.TotalSeconds, first.TotalSeconds * Math.Pow(2, _failures));
        _failures = Math.Min(_failures + 1, 30);
        return TimeSpan.FromSeconds(whole * (0.5 + 0.5 * random()));
    }

    /// <summary>It worked: start over.</summary>
    public void Reset() => _failures = 0;
}
