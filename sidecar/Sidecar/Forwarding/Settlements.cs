using System.Threading.Channels;
using Gantry.Worklist;

namespace Gantry.Sidecar.Forwarding;

/// <summary>
/// Writes what came of deliveries, many at a time: one sync to disk for all that have come in while the last was written. What cannot be
/// written in the end is delivered once more after its lease, and does no harm there.
/// </summary>
internal sealed class Settlements(IWorklistStore store, TimeProvider time, ILogger<Settlements> logger)
{
    private const int Most = 500;
    private const int Attempts = 10;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Channel<OutboxSettlement> _waiting = Channel.CreateUnbounded<OutboxSettlement>(new() { SingleReader = true });

    /// <summary>Has it written soon. At most what is under way waits here.</summary>
    public void Add(OutboxSettlement settlement) => _waiting.Writer.TryWrite(settlement);

    /// <summary>Nothing more comes: <see cref="RunAsync"/> writes what waits and returns.</summary>
    public void Complete() => _waiting.Writer.TryComplete();

    /// <summary>Writes until <see cref="Complete"/>.</summary>
    /// <param name="written">Called after each writing.</param>
    public async Task RunAsync(Action written)
    {
        var batch = new List<OutboxSettlement>();
        while (await _waiting.Reader.WaitToReadAsync())
        {
            batch.Clear();
            while (batch.Count < Most && _waiting.Reader.TryRead(out var settlement))
                batch.Add(settlement);
            await WriteAsync(batch);
            written();
        }
    }

    private async Task WriteAsync(List<OutboxSettlement> batch)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await store.SettleOutboxAsync(batch, CancellationToken.None);
                return;
            }
            catch (WorklistStoreException error) when (attempt < Attempts && !_waiting.Reader.Completion.IsCompleted)
            {
                Log.SettlingDelayed(logger, batch.Count, error.Message);
                await Task.Delay(Pause, time);
            }
            catch (Exception error)
            {
                // Whatever it is, what comes after this must be written all the same
                Log.SettlingFailed(logger, batch.Count, error.Message);
                return;
            }
        }
    }
}
