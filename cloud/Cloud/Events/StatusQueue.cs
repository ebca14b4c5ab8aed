using System.Collections.Concurrent;
using Gantry.Contracts;

namespace Gantry.Cloud.Events;

/// <summary>A status message that waits for its reply.</summary>
internal sealed class WaitingStatus(GatewayEvent.StatusUpdated message)
{
    public GatewayEvent.StatusUpdated Message => message;

    public TaskCompletionSource<EventReply> Reply { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>
/// Messages that come at the same time are worked on together. Nobody waits for others to come: whoever has the turn takes all that wait,
/// and while he is at it, the next ones gather.
/// </summary>
internal sealed class StatusQueue(Func<IReadOnlyList<WaitingStatus>, Task> work) : IDisposable
{
    /// <summary>In one transaction.</summary>
    private const int Most = 64;

    /// <summary>Two, so that one transaction is prepared while the other waits for the disk.</summary>
    private readonly SemaphoreSlim _turns = new(2, 2);

    private readonly ConcurrentQueue<WaitingStatus> _waiting = new();

    /// <summary>The reply to a message. The work sets it for each message that it is given.</summary>
    public async Task<EventReply> TakeAsync(GatewayEvent.StatusUpdated message, CancellationToken cancellationToken)
    {
        var own = new WaitingStatus(message);
        _waiting.Enqueue(own);
        try
        {
            await _turns.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // Whoever comes next passes it over; its sender sends it again
            own.Reply.TrySetCanceled(cancellationToken);
            throw;
        }
        try
        {
            // Until our own is done; when nothing waits any more, another has it in work
            while (!own.Reply.Task.IsCompleted && Dequeue() is { Count: > 0 } batch)
                await work(batch);
        }
        finally
        {
            _turns.Release();
        }
        return await own.Reply.Task.WaitAsync(cancellationToken);
    }

    private List<WaitingStatus> Dequeue()
    {
        var batch = new List<WaitingStatus>();
        while (batch.Count < Most && _waiting.TryDequeue(out var next))
        {
            if (!next.Reply.Task.IsCompleted)
                batch.Add(next);
        }
        return batch;
    }

    public void Dispose() => _turns.Dispose();
}
