using System.Threading.Channels;

namespace Gantry.Sidecar.Forwarding;

/// <summary>Wakes one who waits. A ring is remembered; ten rings are like one.</summary>
internal sealed class Bell
{
    private readonly Channel<bool> _rung = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Never blocks, never throws.</summary>
    public void Ring() => _rung.Writer.TryWrite(true);

    /// <summary>Waits for a ring, at most for so long.</summary>
    public async Task WaitAsync(TimeSpan longest, TimeProvider time, CancellationToken cancellationToken)
    {
        using var clock = new CancellationTokenSource(longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, clock.Token);
        try
        {
            await _rung.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The time is up
        }
    }
}
