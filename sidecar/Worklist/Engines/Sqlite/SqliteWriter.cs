using Microsoft.Extensions.Logging;

namespace Gantry.Worklist.Engines.Sqlite;

/// <summary>
/// The one writer. Works wait in a queue; a thread takes all that wait, runs them in one transaction, each inside its own
/// savepoint so that
/// one failure does not hurt its neighbours, syncs once, and only then reports them done. While it syncs, the next works gather.
/// </summary>
internal sealed class SqliteWriter : IDisposable
{
    private const int MaximumGroup = 256;

    private readonly SqliteConnection _connection;
    private readonly SqliteSession _session;
    private readonly ILogger _logger;
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _arrived = new(0);
    private readonly Thread _thread;
    private List<SqliteWork> _waiting = [];
    private bool _stopping;

    public SqliteWriter(SqliteConnection connection, ILogger logger)
    {
        (_connection, _logger) = (connection, logger);
        _session = new SqliteSession(connection);
        _thread = new Thread(Loop) { IsBackground = true, Name = "Worklist writer" };
        _thread.Start();
    }

    public Task<T> RunAsync<T>(Func<ISession, ValueTask<T>> work, CancellationToken cancellationToken)
    {
        var item = new SqliteWork<T>(work, cancellationToken);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_stopping, this);
            _waiting.Add(item);
            if (_waiting.Count == 1) _arrived.Release();
        }

        return item.Task;
    }

    /// <summary>Finishes what waits, then closes the connection.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_stopping) return;
            _stopping = true;
            _arrived.Release();
        }

        _thread.Join();
        _connection.Dispose();
        _arrived.Dispose();
    }

    private void Loop()
    {
        var group = new List<SqliteWork>();
        while (true)
        {
            _arrived.Wait();
            while (Take(ref group))
            {
                for (int start = 0; start < group.Count; start += MaximumGroup)
                    RunGroup(group.GetRange(start, Math.Min(MaximumGroup, group.Count - start)));
                group.Clear();
            }

            lock (_gate)
                if (_stopping && _waiting.Count == 0) return;
        }
    }

    private bool Take(ref List<SqliteWork> group)
    {
        lock (_gate)
        {
            (group, _waiting) = (_waiting, group);
            return group.Count > 0;
        }
    }

    private void RunGroup(List<SqliteWork> group)
    {
        group.RemoveAll(static work => work.GaveUp());
        if (group.Count == 0) return;
        try
        {
            Execute("BEGIN IMMEDIATE");
            foreach (SqliteWork work in group) RunOne(work);
            Execute("COMMIT");
        }
        catch (Exception e)
        {
            // Nothing of the group is on disk, so nothing of it may be reported as done.
            Log.WriteGroupFailed(_logger, group.Count, e.Message);
            if (!_connection.IsAutoCommit) TryRollback();
            foreach (SqliteWork work in group) work.Fail(e);
            return;
        }

        foreach (SqliteWork work in group) work.Finish();
    }

    private void RunOne(SqliteWork work)
    {
        Execute("SAVEPOINT work");
        try
        {
            work.Run(_session);
            Execute("RELEASE work");
        }
        catch (Exception e) when (!_connection.IsAutoCommit)
        {
            work.Undone(e);
            Execute("ROLLBACK TO work");
            Execute("RELEASE work");
        }
    }

    private void Execute(string sql)
    {
        SqliteStatement statement = _connection.Statement(sql);
        try
        {
            statement.Step();
        }
        finally
        {
            statement.Reset();
        }
    }

    private void TryRollback()
    {
        try
        {
            Execute("ROLLBACK");
        }
        catch (WorklistStoreException e)
        {
            Log.RollbackFailed(_logger, e.Message);
        }
    }
}
