using Orthanc.Net;

namespace Gantry.Sidecar.ChangeFeed;

/// <summary>How the reading of changes stands: for the status, the metrics and the admin page. Safe for any thread.</summary>
internal sealed class FeedState(TimeProvider time)
{
    private readonly Lock _gate = new();
    private FeedStanding _standing = new(null, 0, 0, 0, null, null);

    /// <summary>Now.</summary>
    public FeedStanding Standing
    {
        get
        {
            lock (_gate)
                return _standing;
        }
    }

    public void Begin(long position)
    {
        lock (_gate)
            _standing = _standing with { Position = position };
    }

    public void Read(IReadOnlyList<OrthancChange> changes, int enqueued)
    {
        var images = changes.Count(change => change.Type == ChangeTypes.NewInstance);
        lock (_gate)
        {
            _standing = _standing with
            {
                Position = changes[^1].Sequence,
                ChangesRead = _standing.ChangesRead + changes.Count,
                ImagesSeen = _standing.ImagesSeen + images,
                ImagesEnqueued = _standing.ImagesEnqueued + enqueued,
                LastChangeAt = time.GetUtcNow(),
            };
        }
    }

    /// <summary>False if it was failing before.</summary>
    public bool Fail(string phase, string reason, DateTimeOffset nextAttempt)
    {
        lock (_gate)
        {
            var isNew = _standing.Outage is null;
            _standing = _standing with { Outage = new(phase, reason, _standing.Outage?.Since ?? time.GetUtcNow(), nextAttempt) };
            return isNew;
        }
    }

    /// <summary>False if it was not failing.</summary>
    public bool Recover()
    {
        lock (_gate)
        {
            var wasFailing = _standing.Outage is not null;
            _standing = _standing with { Outage = null };
            return wasFailing;
        }
    }
}

/// <summary>A moment of it.</summary>
/// <param name="Position">Number of the last change that was done with; null before the archive was reached for the first time.</param>
/// <param name="ChangesRead">Changes read since the start.</param>
/// <param name="ImagesSeen">New images among them.</param>
/// <param name="ImagesEnqueued">Those of them that go to the cloud.</param>
/// <param name="LastChangeAt">When the last change was read.</param>
/// <param name="Outage">Why nothing can be read; null if all is well.</param>
internal sealed record FeedStanding(
    long? Position, long ChangesRead, long ImagesSeen, long ImagesEnqueued, DateTimeOffset? LastChangeAt, FeedOutage? Outage);

/// <summary>Why nothing can be read.</summary>
/// <param name="Phase">Where it fails.</param>
/// <param name="Reason">Why, and the way out.</param>
/// <param name="Since">Since when.</param>
/// <param name="NextAttempt">When it is tried again.</param>
internal sealed record FeedOutage(string Phase, string Reason, DateTimeOffset Since, DateTimeOffset NextAttempt);
