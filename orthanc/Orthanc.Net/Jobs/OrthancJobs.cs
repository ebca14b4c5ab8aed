using System.Runtime.CompilerServices;

namespace Orthanc.Net;

/// <summary>/jobs: what Orthanc does in the background. It forgets old ones (JobsHistorySize).</summary>
public sealed class OrthancJobs
{
    private const string Folder = "jobs";

    private readonly OrthancTransport _transport;

    internal OrthancJobs(OrthancTransport transport) => _transport = transport;

    /// <summary>All jobs that Orthanc remembers.</summary>
    /// <exception cref="OrthancException">The call failed.</exception>
    public async Task<IReadOnlyList<OrthancJob>> ListAsync(CancellationToken cancellationToken = default) =>
        await _transport.GetJsonAsync(Folder.WithQuery(("expand", "")), OrthancJson.Default.ListOrthancJob, cancellationToken)
            .ConfigureAwait(false);

    /// <summary>One job.</summary>
    /// <exception cref="OrthancNotFoundException">There is none with this id, or it was forgotten.</exception>
    /// <exception cref="OrthancException">The call failed.</exception>
    public Task<OrthancJob> GetAsync(string id, CancellationToken cancellationToken = default) =>
        _transport.GetJsonAsync(OrthancPath.Of(Folder, id), OrthancJson.Default.OrthancJob, cancellationToken);

    /// <summary>The job now and whenever its state or progress is another one, until it is done. A paused job is waited for.</summary>
    /// <exception cref="OrthancException">A call failed.</exception>
    public async IAsyncEnumerable<OrthancJob> FollowAsync(string id, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var pace = new Pace(_transport.Time);
        (JobState State, int Progress)? told = null;
        while (true)
        {
            var job = await GetAsync(id, cancellationToken).ConfigureAwait(false);
            if (told != (job.State, job.Progress))
                yield return job;
            if (job.IsDone)
                yield break;
            told = (job.State, job.Progress);
            await pace.NextAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Waits until the job is done, well or not.</summary>
    /// <exception cref="OrthancException">A call failed.</exception>
    public async Task<OrthancJob> WaitAsync(string id, CancellationToken cancellationToken = default)
    {
        OrthancJob? last = null;
        await foreach (var job in FollowAsync(id, cancellationToken).ConfigureAwait(false))
            last = job;
        return last!;
    }

    /// <summary>Ends a job; it fails.</summary>
    /// <exception cref="OrthancException">The call failed.</exception>
    public Task CancelAsync(string id, CancellationToken cancellationToken = default) => ActAsync(id, "cancel", cancellationToken);

    /// <summary>Stops a job until it is resumed.</summary>
    /// <exception cref="OrthancException">The call failed.</exception>
    public Task PauseAsync(string id, CancellationToken cancellationToken = default) => ActAsync(id, "pause", cancellationToken);

    /// <summary>Lets a paused job go on.</summary>
    /// <exception cref="OrthancException">The call failed.</exception>
    public Task ResumeAsync(string id, CancellationToken cancellationToken = default) => ActAsync(id, "resume", cancellationToken);

    /// <summary>Tries a failed job again.</summary>
    /// <exception cref="OrthancException">The call failed.</exception>
    public Task ResubmitAsync(string id, CancellationToken cancellationToken = default) => ActAsync(id, "resubmit", cancellationToken);

    private async Task ActAsync(string id, string action, CancellationToken cancellationToken)
    {
        using var content = new ByteArrayContent([]);
        await _transport.SendOnlyAsync(HttpMethod.Post, OrthancPath.Of(Folder, id, action), content, answerTimeout: null, cancellationToken)
            .ConfigureAwait(false);
    }
}
