namespace Orthanc.Net;

/// <summary>How often to ask for something that is about to end: soon at first, then ever more seldom, up to once a second.</summary>
internal sealed class Pace(TimeProvider time)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    private TimeSpan _next = TimeSpan.FromMilliseconds(50);

    public Task NextAsync(CancellationToken cancellationToken)
    {
        var wait = _next;
        _next = _next * 1.5 < Longest ? _next * 1.5 : Longest;
        return Task.Delay(wait, time, cancellationToken);
    }
}
