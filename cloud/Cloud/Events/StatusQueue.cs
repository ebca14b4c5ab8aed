using System.Threading.Channels;
using Gantry.Contracts;

namespace Gantry.Cloud.Events;

/// <summary>
/// Status messages that come at the same time are worked on together. Nobody waits for others to come: a worker takes all that wait, and
/// while it is at it, the next ones gather.
/// </summary>
/// <remarks>
/// <code>
///   senders --> [waiting] --> 2 workers, each a batch in one transaction --> the reply of each
///                                  '--> what cannot go together with others: its sender takes it alone, with its own patience
/// </code>
/// </remarks>
internal sealed class StatusQueue(StatusEvents events, ILogger<StatusQueue> logger) : BackgroundService
{
    /// <summary>In one transaction.</summary>
    private const int Most = 64;

    /// <summary>Two, so that one batch is prepared while the other waits for the disk.</summary>
    private const int Workers = 2;

    // As many wait as the relay's listener serves at once
    private readonly Channel<Waiting> _waiting = Channel.CreateUnbounded<Waiting>();

    /// <summary>The reply to a message.</summary>
    /// <param name="message">With a status that we know.</param>
    /// <param name="cancellationToken">Ends the wait. The message may be recorded all the same, and is then answered so when it comes again.</param>
    public async Task<EventReply> TakeAsync(GatewayEvent.StatusUpdated message, CancellationToken cancellationToken)
    {
        var own = new Waiting(message);
        if (!_waiting.Writer.TryWrite(own))
            return await events.TakeAloneAsync(message, cancellationToken);
        try
        {
            return await own.Reply.Task.WaitAsync(cancellationToken) ?? await events.TakeAloneAsync(message, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // If no worker has it yet, none takes it
            own.Reply.TrySetCanceled(CancellationToken.None);
            throw;
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _waiting.Writer.TryComplete();
        await base.StopAsync(cancellationToken);
    }

    /// <summary>Works on what waits, also while the host stops: it is little, and its senders wait for the replies.</summary>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => Task.Run(WorkAsync, CancellationToken.None)));

    private async Task WorkAsync()
    {
        var batch = new List<Waiting>(Most);
        while (await _waiting.Reader.WaitToReadAsync(CancellationToken.None))
        {
            batch.Clear();
            while (batch.Count < Most && _waiting.Reader.TryRead(out var next))
            {
                if (!next.Reply.Task.IsCompleted)
                    batch.Add(next);
            }
            if (batch.Count > 0)
                await AnswerAsync(batch);
        }
    }

    private async Task AnswerAsync(List<Waiting> batch)
    {
        IReadOnlyList<EventReply?>? replies = null;
        try
        {
            // No sender's token: the others' messages are not to fail because one of them has left
            replies = await events.TakeTogetherAsync([.. batch.Select(one => one.Message)], CancellationToken.None);
        }
        catch (Exception error)
        {
            // Whichever of them it was, each is tried alone, and only that one fails
            Log.StatusBatchFailed(logger, batch.Count, error.GetType().Name);
        }
        for (var at = 0; at < batch.Count; at++)
            batch[at].Reply.TrySetResult(replies?[at]);
    }

    private sealed class Waiting(GatewayEvent.StatusUpdated message)
    {
        public GatewayEvent.StatusUpdated Message => message;

        /// <summary>Null when it is to be taken alone.</summary>
        public TaskCompletionSource<EventReply?> Reply { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
