namespace Orthanc.Net.Tests;

/// <summary>Following the feed while Orthanc is killed and started again.</summary>
public sealed class RestartTests : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(4);

    private readonly CancellationTokenSource _end = new(Longest);
    private OrthancProcess _orthanc = null!;
    private volatile Task _restart = Task.CompletedTask;
    private OrthancClient _client = null!;

    public async Task InitializeAsync()
    {
        _orthanc = await OrthancProcess.StartNewAsync();
        _client = Clients.Of(_orthanc);
    }

    public async Task DisposeAsync()
    {
        if (_orthanc is not null)
            await _orthanc.DisposeAsync();
    }

    public void Dispose() => _end.Dispose();

    [Fact]
    public async Task Two_thousand_changes_are_read_exactly_once_and_in_order_across_kills()
    {
        const int Wanted = 2000;
        var back = 0;
        var read = new List<OrthancChange>();
        // A kill in the middle of the reading, at each of these counts; small pages, so that it meets a call under way
        var kills = new Queue<int>([150, 700, 1300]);
        var options = new ChangeFollowOptions
        {
            PageSize = 20, PollInterval = TimeSpan.FromMilliseconds(50), FirstRetry = TimeSpan.FromMilliseconds(50),
            LongestRetry = TimeSpan.FromMilliseconds(200), OnBack = () => back++,
        };
        using var upload = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
        var uploads = UploadWithoutEndAsync(upload.Token);

        await foreach (var change in _client.Changes.FollowAsync(0, options, _end.Token))
        {
            read.Add(change);
            if (read.Count >= Wanted)
                break;
            if (_restart.IsCompletedSuccessfully && kills.TryPeek(out var next) && read.Count >= next)
            {
                kills.Dequeue();
                _restart = RestartAsync();
            }
        }
        await _restart;
        await upload.CancelAsync();
        await uploads;

        Assert.Empty(kills);
        Assert.True(back >= 1, "Orthanc was never seen to be away.");
        var all = await AllAsync(read.Count);
        Assert.Equal(all.Select(change => (change.Sequence, change.Type, change.ResourceId)), read.Select(change => (change.Sequence, change.Type, change.ResourceId)));
        Assert.True(read.Zip(read.Skip(1)).All(pair => pair.First.Sequence < pair.Second.Sequence));
    }

    [Fact]
    public async Task Reading_goes_on_after_the_number_it_was_given()
    {
        await new SyntheticImage().UploadAsync(_client);
        var middle = await _client.Changes.GetLastSequenceAsync();
        var later = await new SyntheticImage().UploadAsync(_client);

        await foreach (var change in _client.Changes.FollowAsync(middle, cancellationToken: _end.Token))
        {
            Assert.Equal((middle + 1, ChangeTypes.NewInstance, later.Id), (change.Sequence, change.Type, change.ResourceId));
            Assert.NotNull(change.Time);
            break;
        }
    }

    [Fact]
    public async Task A_wake_up_brings_a_stored_image_at_once()
    {
        var bell = new ChangeWakeUp();
        // Without the bell nobody would look again within the hour
        var options = new ChangeFollowOptions { WakeUp = bell, PollInterval = TimeSpan.FromHours(1) };
        await new SyntheticImage().UploadAsync(_client);
        await using var feed = _client.Changes.FollowPagesAsync(0, options, _end.Token).GetAsyncEnumerator();
        Assert.True(await feed.MoveNextAsync());
        var next = feed.MoveNextAsync();

        var stored = await new SyntheticImage().UploadAsync(_client);
        bell.Wake();

        Assert.True(await next);
        Assert.Contains(feed.Current, change => change.ResourceId == stored.Id);
    }

    [Fact]
    public async Task An_index_that_was_replaced_is_noticed()
    {
        await new SyntheticImage().UploadAsync(_client);
        await new SyntheticImage().UploadAsync(_client);
        var options = new ChangeFollowOptions { PollInterval = TimeSpan.FromMilliseconds(20), FirstRetry = TimeSpan.FromMilliseconds(50) };
        await using var feed = _client.Changes.FollowPagesAsync(0, options, _end.Token).GetAsyncEnumerator();
        Assert.True(await feed.MoveNextAsync());
        var position = feed.Current[^1].Sequence;

        await _orthanc.KillAsync();
        _orthanc.ForgetEverything();
        await _orthanc.StartAsync();
        await new SyntheticImage().UploadAsync(_client);

        var error = await Assert.ThrowsAsync<OrthancSequenceRestartedException>(async () =>
        {
            while (await feed.MoveNextAsync())
                position = feed.Current[^1].Sequence;
        });
        Assert.Equal(position, error.Position);
        Assert.True(error.Last < position);
    }

    [Fact]
    public async Task Deleting_the_newest_study_is_no_new_index()
    {
        await new SyntheticImage().UploadAsync(_client);
        var stored = await new SyntheticImage().UploadAsync(_client);
        var position = await _client.Changes.GetLastSequenceAsync();
        await _client.Studies.DeleteAsync(stored.ParentStudy!);
        Assert.True(await _client.Changes.GetLastSequenceAsync() < position);
        var bell = new ChangeWakeUp();
        await using var feed = _client.Changes.FollowAsync(position, new ChangeFollowOptions { WakeUp = bell }, _end.Token).GetAsyncEnumerator();
        var next = feed.MoveNextAsync();

        var image = await new SyntheticImage().UploadAsync(_client);
        bell.Wake();

        Assert.True(await next);
        Assert.Equal(image.Id, feed.Current.ResourceId);
    }

    [Fact]
    public async Task A_page_says_whether_more_follows()
    {
        await new SyntheticImage().UploadAsync(_client);

        var first = await _client.Changes.GetPageAsync(0, 1);
        var rest = await _client.Changes.GetPageAsync(first.Last);

        Assert.Equal((1L, false), (first.Last, first.Done));
        Assert.True(rest.Done);
        Assert.Equal(rest.Last, await _client.Changes.GetLastSequenceAsync());
    }

    private async Task RestartAsync()
    {
        await _orthanc.KillAsync();
        await _orthanc.StartAsync();
    }

    /// <summary>Four changes per image: each has a patient of its own. While Orthanc is away the same image is tried again.</summary>
    private async Task UploadWithoutEndAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var image = new SyntheticImage();
            for (var isStored = false; !isStored && !cancellationToken.IsCancellationRequested;)
            {
                try
                {
                    await image.UploadAsync(_client);
                    isStored = true;
                }
                catch (OrthancConnectionException)
                {
                    await _restart;
                }
            }
        }
    }

    private async Task<List<OrthancChange>> AllAsync(int count)
    {
        var all = new List<OrthancChange>();
        while (all.Count < count)
        {
            var page = await _client.Changes.GetPageAsync(all.Count == 0 ? 0 : all[^1].Sequence, 1000);
            Assert.NotEmpty(page.Changes);
            all.AddRange(page.Changes);
        }
        return all[..count];
    }
}
