using System.Collections.Concurrent;

namespace Gantry.Worklist.Engines.Sqlite;

/// <summary>Read connections: as many as there are readers at once, of which a few are kept when idle.</summary>
internal sealed class SqliteReaders(string path, WorklistStoreOptions options) : IDisposable
{
    private readonly ConcurrentStack<SqliteConnection> _idle = new();
    private int _idleCount;
    private volatile bool _disposed;

    public SqliteConnection Rent()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_idle.TryPop(out SqliteConnection? connection))
        {
            Interlocked.Decrement(ref _idleCount);
            return connection;
        }

        connection = SqliteConnection.Open(path, options.BusyTimeout, create: false);
        try
        {
            // A small page cache: pages come from the system's cache anyway, and there may be hundreds of readers.
            connection.Run("PRAGMA query_only = 1; PRAGMA cache_size = -1024; PRAGMA mmap_size = 0;");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public void Return(SqliteConnection connection)
    {
        // A connection with a transaction still open is not fit for the next reader.
        bool keep = !_disposed && connection.IsAutoCommit;
        if (keep && Interlocked.Increment(ref _idleCount) > options.MaximumIdleReaders)
        {
            Interlocked.Decrement(ref _idleCount);
            keep = false;
        }

        if (keep) _idle.Push(connection);
        else connection.Dispose();
    }

    public void Dispose()
    {
        _disposed = true;
        while (_idle.TryPop(out SqliteConnection? connection)) connection.Dispose();
    }
}
