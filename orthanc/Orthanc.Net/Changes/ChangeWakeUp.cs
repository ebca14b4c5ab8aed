using System.Threading.Channels;

namespace Orthanc.Net;

/// <summary>
/// The bell of a reader of changes: whoever knows that something is new rings it. It is remembered while the reader is busy,
/// and ringing it ten times is like ringing it once. One reader per bell.
/// </summary>
public sealed class ChangeWakeUp
{
    private readonly Channel<bool> _rung = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Wakes the reader. Never blocks, never throws; any thread may.</summary>
    public void Wake() => _rung.Writer.TryWrite(true);

    /// <summary>Waits for the bell, at most for so long.</summary>
    /// <returns>True if it was rung.</returns>
    internal async Task<bool> WaitAsync(TimeSpan longest, TimeProvider time, CancellationToken cancellationToken)
    {
        using var clock = new CancellationTokenSource(longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, clock.Token);
        try
        {
            return await _rung.Reader.ReadAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
