using System.Threading.Channels;

namespace Gantry.Cloud.Live;

/// <summary>"There is something to do": said any number of times, heard once.</summary>
internal sealed class Signal
{
    private readonly Channel<bool> _said = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Say() => _said.Writer.TryWrite(true);

    public async Task HearAsync(CancellationToken cancellationToken) => await _said.Reader.ReadAsync(cancellationToken);

    /// <summary>Returns when it was said, or after a time.</summary>
    public async Task HearAsync(TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            await HearAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Nobody said it in time
        }
    }
}

/// <summary>What wakes the parts of this instance, whichever instance it was said in.</summary>
internal sealed class Signals
{
    /// <summary>Something is to be shown live.</summary>
    public Signal Live { get; } = new();

    /// <summary>An action is due.</summary>
    public Signal Actions { get; } = new();

    /// <summary>There is another gateway.</summary>
    public Signal Gateways { get; } = new();

    /// <summary>Other instances are to hear of it.</summary>
    public Signal Outward { get; } = new();

    private int _said;

    /// <summary>After the commit of something to show.</summary>
    public void LiveCommitted() => Commit(Said.Live);

    /// <summary>After the commit of an action.</summary>
    public void ActionCommitted() => Commit(Said.Actions);

    /// <summary>After the commit of a gateway.</summary>
    public void GatewayCommitted() => Commit(Said.Gateways);

    /// <summary>Wakes who waits for it here.</summary>
    public void Say(Said said)
    {
        foreach (var (each, signal) in new[] { (Said.Live, Live), (Said.Actions, Actions), (Said.Gateways, Gateways) })
        {
            if (said.HasFlag(each))
                signal.Say();
        }
    }

    /// <summary>It could not be told.</summary>
    public void GiveBack(Said said)
    {
        Interlocked.Or(ref _said, (int)said);
        Outward.Say();
    }

    /// <summary>What is to be told, and forgets it.</summary>
    public Said Take() => (Said)Interlocked.Exchange(ref _said, 0);

    private void Commit(Said said)
    {
        Say(said);
        GiveBack(said);
    }
}

/// <summary>What instances tell each other.</summary>
[Flags]
internal enum Said
{
    Nothing = 0,
    Live = 1,
    Actions = 2,
    Gateways = 4,
}
