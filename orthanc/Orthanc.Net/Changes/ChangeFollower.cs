using System.Runtime.CompilerServices;

namespace Orthanc.Net;

/// <summary>
/// Reads the feed page by page from a sequence number. The position moves only past changes that were told, and a page counts
/// only when it arrived whole, so a failure at any point repeats the question and nothing else.
/// </summary>
internal sealed class ChangeFollower(OrthancChanges changes, ChangeFollowOptions options, TimeProvider time)
{
    private readonly ChangeWakeUp _wakeUp = options.WakeUp ?? new ChangeWakeUp();
    private readonly BackOff _backOff = new(options.FirstRetry, options.LongestRetry);
    private readonly ChangeGap _gap = new(options.GapPatience, time);

    public async IAsyncEnumerable<IReadOnlyList<OrthancChange>> FollowAsync(
        long position, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            var (page, wait) = await AskAsync(position, cancellationToken).ConfigureAwait(false);
            if (page is not null)
            {
                var news = _gap.Settled(After(page.Changes, position), position, page.Done);
                if (news.Count > 0)
                {
                    yield return news;
                    position = news[^1].Sequence;
                }
                // A full page has more behind it; a page that brings nothing never makes us ask at once
                if (news.Count > 0 && !page.Done)
                    continue;
                if (_gap.IsHolding)
                    wait = Shorter(wait, options.GapPatience / 4);
            }
            await RestAsync(wait, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The next page, or null and how long to wait.</summary>
    private async Task<(OrthancChangePage? Page, TimeSpan Wait)> AskAsync(long position, CancellationToken cancellationToken)
    {
        try
        {
            var page = await changes.GetPageAsync(position, options.PageSize, cancellationToken).ConfigureAwait(false);
            // With an empty page Orthanc tells the highest number it ever gave out, even where deletions took the change itself along
            // ('?last' does not). A new index that has grown past our place already cannot be told from the old one.
            if (page.Changes.Count == 0 && page.Last < position)
                throw new OrthancSequenceRestartedException(position, page.Last);
            if (_backOff.Failures > 0)
                options.OnBack?.Invoke();
            _backOff.Reset();
            return (page, options.PollInterval);
        }
        catch (OrthancException reason)
        {
            var wait = _backOff.Next();
            options.OnAway?.Invoke(new ChangeFeedOutage(reason, _backOff.Failures, wait));
            return (null, wait);
        }
    }

    private async Task RestAsync(TimeSpan wait, CancellationToken cancellationToken)
    {
        var shortest = Shorter(options.ShortestInterval, wait);
        await Task.Delay(shortest, time, cancellationToken).ConfigureAwait(false);
        if (wait > shortest)
            await _wakeUp.WaitAsync(wait - shortest, time, cancellationToken).ConfigureAwait(false);
    }

    private static IReadOnlyList<OrthancChange> After(IReadOnlyList<OrthancChange> changes, long position)
    {
        for (var i = 0; i < changes.Count; i++)
        {
            if (changes[i].Sequence <= (i == 0 ? position : changes[i - 1].Sequence))
                return [.. changes.Where(change => change.Sequence > position).DistinctBy(change => change.Sequence).OrderBy(change => change.Sequence)];
        }
        return changes;
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
