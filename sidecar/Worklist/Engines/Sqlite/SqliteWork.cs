namespace Gantry.Worklist.Engines.Sqlite;

/// <summary>Something to be written, waiting for its turn, and whoever waits for it to be on disk.</summary>
internal abstract class SqliteWork
{
    public abstract bool GaveUp();

    public abstract void Run(ISession session);

    /// <summary>It threw and was undone; told to the caller when the group is through.</summary>
    public abstract void Undone(Exception failure);

    /// <summary>The group is on disk.</summary>
    public abstract void Finish();

    /// <summary>The group is not on disk.</summary>
    public abstract void Fail(Exception failure);
}

internal sealed class SqliteWork<T>(Func<ISession, ValueTask<T>> work, CancellationToken cancellationToken) : SqliteWork
{
    // The caller goes on elsewhere: the writer's thread has other works to see to.
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T _result = default!;
    private Exception? _failure;

    public Task<T> Task => _done.Task;

    public override bool GaveUp()
    {
        if (!cancellationToken.IsCancellationRequested) return false;
        _done.TrySetCanceled(cancellationToken);
        return true;
    }

    public override void Run(ISession session)
    {
        ValueTask<T> running = work(session);
        if (!running.IsCompleted) throw new InvalidOperationException("A write must use nothing but its session.");
        _result = running.GetAwaiter().GetResult();
    }

    public override void Undone(Exception failure) => _failure = failure;

    public override void Finish()
    {
        if (_failure is null) _done.TrySetResult(_result);
        else _done.TrySetException(_failure);
    }

    public override void Fail(Exception failure) => _done.TrySetException(_failure ?? failure);
}
