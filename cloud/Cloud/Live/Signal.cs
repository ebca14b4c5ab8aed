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

    /// <summary>Other instances are to hear of it.</summary>
    public Signal Outward { get; } = new();

    private int _live, _actions;

    /// <summary>After the commit of something to show.</summary>
    public void LiveCommitted()
    {
        Live.Say();
        Interlocked.Exchange(ref _live, 1);
        Outward.Say();
    }

    /// <summary>After the commit of an action.</summary>
    public void ActionCommitted()
    {
        Actions.Say();
        Interlocked.Exchange(ref _actions, 1);
        Outward.Say();
    }

    /// <summary>It could not be told.</summary>
    public void GiveBack(bool live, bool actions)
    {
        if (live)
            Interlocked.Exchange(ref _live, 1);
        if (actions)
            Interlocked.Exchange(ref _actions, 1);
        Outward.Say();
    }

    /// <summary>What is to be told, and forgets it.</summary>
    public (bool Live, bool Actions) Take() => (Interlocked.Exchange(ref _live, 0) == 1, Interlocked.Exchange(ref _actions, 0) == 1);
}
