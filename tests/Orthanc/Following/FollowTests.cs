using System.Threading.Channels;
using Microsoft.AspNetCore.Http;

namespace Orthanc.Net.Tests;

/// <summary>Following the feed by a clock that the test moves.</summary>
public sealed class FollowTests : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Poll = TimeSpan.FromMinutes(10), Shortest = TimeSpan.FromMilliseconds(20);

    private readonly ManualTime _time = new();
    private readonly CancellationTokenSource _end = new();
    private readonly ChangeWakeUp _bell = new();
    private readonly Channel<ChangeFeedOutage> _outages = Channel.CreateUnbounded<ChangeFeedOutage>();
    private StubFeed _feed = null!;
    private int _back;

    private ChangeFollowOptions Options => new()
    {
        PollInterval = Poll, ShortestInterval = Shortest, WakeUp = _bell, FirstRetry = TimeSpan.FromSeconds(1), LongestRetry = TimeSpan.FromSeconds(8),
        OnAway = outage => _outages.Writer.TryWrite(outage), OnBack = () => _back++,
    };

    public async Task InitializeAsync() => _feed = await StubFeed.StartAsync();

    public async Task DisposeAsync()
    {
        await _end.CancelAsync();
        await _feed.DisposeAsync();
    }

    public void Dispose() => _end.Dispose();

    [Fact]
    public async Task A_backlog_is_read_without_a_pause()
    {
        _feed.Then(done: false, 1, 2).Then(done: false, 3, 7).Then(done: true, 8);
        await using var feed = Follow(0);

        Assert.Equal([1, 2, 3, 7, 8], await ReadAsync(feed, 5));
        Assert.Equal([0, 2, 7], _feed.Asked);
    }

    [Fact]
    public async Task A_quiet_feed_is_asked_once_per_interval()
    {
        await using var feed = Follow(5);
        var next = feed.MoveNextAsync().AsTask();

        for (var i = 1; i <= 3; i++)
        {
            await _time.RunOutAsync(Shortest);
            Assert.Equal(i, _feed.Asked.Count);
            await _time.RunOutAsync(Poll - Shortest);
        }
        Assert.False(next.IsCompleted);
        await EndAsync(next);
    }

    [Fact]
    public async Task A_hundred_wake_ups_ask_once()
    {
        await using var feed = Follow(5);
        var next = feed.MoveNextAsync().AsTask();
        for (var i = 0; i < 100; i++)
            _bell.Wake();

        // The bell was rung while the reader was busy: one more question, then a whole interval of rest
        await _time.RunOutAsync(Shortest);
        await _time.RunOutAsync(Shortest);
        await _time.RunOutAsync(Poll - Shortest);
        await _time.RunOutAsync(Shortest);

        Assert.Equal(3, _feed.Asked.Count);
        await EndAsync(next);
    }

    [Fact]
    public async Task A_feed_that_claims_more_and_brings_nothing_is_not_asked_hot()
    {
        _feed.Then(done: false);
        await using var feed = Follow(5);
        var next = feed.MoveNextAsync().AsTask();

        await _time.RunOutAsync(Shortest);

        Assert.Single(_feed.Asked);
        await EndAsync(next);
    }

    [Fact]
    public async Task An_Orthanc_that_is_away_is_asked_ever_more_seldom_and_found_again()
    {
        const int Failures = 6;
        _feed.ThenFails(Failures).Then(done: true, 6);
        await using var feed = Follow(5);
        var next = feed.MoveNextAsync().AsTask();

        for (var i = 1; i <= Failures; i++)
        {
            var outage = await _outages.Reader.ReadAsync();
            var full = TimeSpan.FromSeconds(Math.Min(8, Math.Pow(2, i - 1)));
            Assert.Equal(i, outage.Failures);
            Assert.InRange(outage.NextAttempt, full / 2, full);
            Assert.Contains("answered 503", outage.Reason.Message, StringComparison.Ordinal);
            await _time.RunOutAsync(Shortest);
            await _time.RunOutAsync(outage.NextAttempt - Shortest);
        }

        Assert.True(await next);
        Assert.Equal((6L, 1), (feed.Current.Sequence, _back));
        Assert.All(_feed.Asked, since => Assert.Equal(5, since));
    }

    [Fact]
    public async Task A_wake_up_ends_the_waiting_for_an_Orthanc_that_was_away()
    {
        _feed.ThenFails(5).Then(done: true, 6);
        await using var feed = Follow(5);
        var next = feed.MoveNextAsync().AsTask();

        for (var i = 0; i < 5; i++)
        {
            await _outages.Reader.ReadAsync();
            _bell.Wake();
            await _time.RunOutAsync(Shortest);
        }

        Assert.True(await next);
    }

    [Fact]
    public async Task A_page_that_breaks_off_is_asked_for_again_whole()
    {
        _feed.Then(done: false, 1, 2).Then(CutOffAsync).Then(done: true, 3, 4);
        await using var feed = Follow(0);
        var reading = ReadAsync(feed, 4);

        var outage = await _outages.Reader.ReadAsync();
        await _time.RunOutAsync(Shortest);
        await _time.RunOutAsync(outage.NextAttempt - Shortest);

        Assert.Equal([1, 2, 3, 4], await reading);
        Assert.Equal([0, 2, 2], _feed.Asked);
        Assert.Equal(OrthancPhase.Read, outage.Reason.Phase);
    }

    [Fact]
    public async Task What_a_server_repeats_or_shuffles_is_told_once_and_in_order()
    {
        _feed.Then(done: false, 1, 2, 2, 3).Then(done: false, 2, 3, 4).Then(done: true, 6, 5);
        await using var feed = Follow(0);

        Assert.Equal([1, 2, 3, 4, 5, 6], await ReadAsync(feed, 6));
    }

    [Fact]
    public async Task A_number_that_appears_late_is_waited_for()
    {
        _feed.Then(done: true, 1, 2, 4).Then(done: true, 3, 4);
        await using var feed = Follow(0, Options with { GapPatience = TimeSpan.FromSeconds(1) });
        var reading = ReadAsync(feed, 4);

        await _time.RunOutAsync(Shortest);
        await _time.RunOutAsync(TimeSpan.FromMilliseconds(250) - Shortest);

        Assert.Equal([1, 2, 3, 4], await reading);
    }

    [Fact]
    public async Task A_number_that_never_appears_is_waited_for_once()
    {
        for (var i = 0; i < 5; i++)
            _feed.Then(done: true, 4, 5);
        await using var feed = Follow(2, Options with { GapPatience = TimeSpan.FromSeconds(1) });
        var reading = ReadAsync(feed, 2);

        for (var i = 0; i < 4; i++)
        {
            await _time.RunOutAsync(Shortest);
            await _time.RunOutAsync(TimeSpan.FromMilliseconds(250) - Shortest);
        }

        Assert.Equal([4, 5], await reading);
        Assert.Equal(5, _feed.Asked.Count);
    }

    [Fact]
    public async Task A_feed_that_ends_before_our_place_belongs_to_another_index()
    {
        await using var feed = Follow(1001);

        var error = await Assert.ThrowsAsync<OrthancSequenceRestartedException>(async () => await feed.MoveNextAsync());

        Assert.Equal((1001, 1000), (error.Position, error.Last));
    }

    [Fact]
    public async Task Cancellation_ends_the_reading()
    {
        await using var feed = Follow(5);
        var next = feed.MoveNextAsync().AsTask();
        await _time.RunOutAsync(Shortest);

        await EndAsync(next);
    }

    private async Task EndAsync(Task next)
    {
        await _end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
    }

    private IAsyncEnumerator<OrthancChange> Follow(long since, ChangeFollowOptions? options = null) =>
        _feed.Client(_time).Changes.FollowAsync(since, options ?? Options, _end.Token).GetAsyncEnumerator();

    private static async Task<List<long>> ReadAsync(IAsyncEnumerator<OrthancChange> feed, int count)
    {
        var read = new List<long>();
        while (read.Count < count && await feed.MoveNextAsync())
            read.Add(feed.Current.Sequence);
        return read;
    }

    private static async Task CutOffAsync(HttpContext context)
    {
        // Fewer bytes than announced: Kestrel closes the connection
        context.Response.ContentLength = 10_000;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync("""{"Changes":[{"ChangeType":"NewInstance","ID":"i3","ResourceType":"Instance","Seq":3},""");
    }
}
