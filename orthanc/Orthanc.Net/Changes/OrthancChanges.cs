using System.Runtime.CompilerServices;

namespace Orthanc.Net;

/// <summary>/changes: the feed of what happens in the archive.</summary>
public sealed class OrthancChanges
{
    private readonly OrthancTransport _transport;

    internal OrthancChanges(OrthancTransport transport) => _transport = transport;

    /// <summary>The changes after a sequence number.</summary>
    /// <param name="since">The sequence number before the first one wanted; 0 for the beginning.</param>
    /// <param name="limit">How many at most, from 1.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="OrthancException">The call failed.</exception>
    public Task<OrthancChangePage> GetPageAsync(long since, int limit = 100, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(since);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return _transport.GetJsonAsync("changes".WithQuery(("since", since.Text()), ("limit", ((int?)limit).Text())),
            OrthancJson.Default.OrthancChangePage, cancellationToken);
    }

    /// <summary>
    /// The sequence number of the newest change; 0 if there is none. Changes of deleted resources are deleted, too, so it can be
    /// lower than before.
    /// </summary>
    /// <exception cref="OrthancException">The call failed.</exception>
    public async Task<long> GetLastSequenceAsync(CancellationToken cancellationToken = default) =>
        (await _transport.GetJsonAsync("changes".WithQuery(("last", "")), OrthancJson.Default.OrthancChangePage, cancellationToken)
            .ConfigureAwait(false)).Last;

    /// <summary>
    /// Every change after a sequence number, in order and exactly once, those to come included: it ends by cancellation only.
    /// While Orthanc is away it asks ever more seldom and goes on where it was. Save the sequence number of a change when it is
    /// done with, and begin there next time.
    /// </summary>
    /// <param name="since">The sequence number that was done with last; 0 for the beginning.</param>
    /// <param name="options">Intervals, the wake-up, and who is told of outages.</param>
    /// <param name="cancellationToken">Ends the reading with <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="OrthancSequenceRestartedException">Orthanc's index was replaced.</exception>
    public async IAsyncEnumerable<OrthancChange> FollowAsync(
        long since, ChangeFollowOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var changes in FollowPagesAsync(since, options, cancellationToken).ConfigureAwait(false))
        {
            foreach (var change in changes)
                yield return change;
        }
    }

    /// <summary>The same in the pages in which they arrive, none of them empty: for a reader that saves its place once per page.</summary>
    /// <inheritdoc cref="FollowAsync"/>
    public IAsyncEnumerable<IReadOnlyList<OrthancChange>> FollowPagesAsync(
        long since, ChangeFollowOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(since);
        return new ChangeFollower(this, options ?? new ChangeFollowOptions(), _transport.Time).FollowAsync(since, cancellationToken);
    }
}
