namespace Orthanc.Net;

/// <summary>Waits that double, each shortened by chance to as little as a half, so that several readers do not ask at once.</summary>
internal sealed class BackOff(TimeSpan first, TimeSpan longest)
{
    public int Failures { get; private set; }

    public TimeSpan Next()
    {
        // 2^20 times the first wait is beyond every longest one
        var wait = first * Math.Pow(2, Math.Min(Failures++, 20));
        return (wait < longest ? wait : longest) * (0.5 + (Random.Shared.NextDouble() / 2));
    }

    public void Reset() => Failures = 0;
}
