namespace Gantry.Relay;

/// <summary>A connection's place among those that a listener serves at once. It is free for others while the sender says nothing.</summary>
internal sealed class Turn(SemaphoreSlim turns) : IDisposable
{
    private bool _held;

    public async Task TakeAsync(CancellationToken cancellationToken)
    {
        await turns.WaitAsync(cancellationToken);
        _held = true;
    }

    public void GiveBack()
    {
        if (!_held)
            return;
        _held = false;
        turns.Release();
    }

    public void Dispose() => GiveBack();
}
