using Gantry.Worklist;

namespace Gantry.Sidecar.Forwarding;

/// <summary>
/// Remembers which messages fail, since when, and when the next is due. A message is given up only when it has failed often and others got
/// through after its first failure: then it is the message and not the other side.
/// </summary>
internal sealed class FailedMessages(DeliveryLink link, DeliveryRoute route, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<long, Failing> _failing = [];

    /// <summary>A message has failed; tells when it is due again.</summary>
    /// <param name="entry">The message.</param>
    /// <param name="countsAgainstIt">False where it could not even be tried, because what it is made from is away.</param>
    public DateTimeOffset Note(OutboxEntry entry, bool countsAgainstIt)
    {
        var now = time.GetUtcNow();
        var next = now + Pauses.After(entry.Attempts, route);
        lock (_gate)
        {
            var known = _failing.GetValueOrDefault(entry.Id);
            _failing[entry.Id] = !countsAgainstIt ? known with { Next = next }
                : new(known.Errors == 0 ? now : known.First, known.Errors + 1, next);
        }
        return next;
    }

    /// <summary>It is delivered, or given up.</summary>
    public void Forget(long id)
    {
        lock (_gate)
            _failing.Remove(id);
    }

    /// <summary>Whether it has failed often enough.</summary>
    public bool IsToBeParked(long id)
    {
        lock (_gate)
            return _failing.TryGetValue(id, out var known)
                && known.Errors >= route.ErrorsBeforeParking && link.LastSuccess > known.First;
    }

    /// <summary>How long until the next is due, at most so long.</summary>
    public TimeSpan UntilNext(TimeSpan longest)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            foreach (var next in _failing.Values.Select(failing => failing.Next))
            {
                // One whose time has come is under way
                if (next > now && next - now < longest)
                    longest = next - now;
            }
            // The store keeps whole milliseconds
            return longest + TimeSpan.FromMilliseconds(1);
        }
    }

    /// <param name="First">When it failed first.</param>
    /// <param name="Errors">How often it failed since.</param>
    /// <param name="Next">When it is due.</param>
    private readonly record struct Failing(DateTimeOffset First, int Errors, DateTimeOffset Next);
}
