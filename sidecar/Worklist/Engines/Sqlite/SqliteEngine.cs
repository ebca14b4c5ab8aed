using Microsoft.Extensions.Logging;

namespace Gantry.Worklist.Engines.Sqlite;

/// <summary>One SQLite file in WAL mode: one writer, any number of readers that neither block it nor each other.</summary>
internal sealed class SqliteEngine : IEngine
{
    private readonly SqliteWriter _writer;
    private readonly SqliteReaders _readers;

    private SqliteEngine(SqliteWriter writer, SqliteReaders readers) => (_writer, _readers) = (writer, readers);

    public Dialect Dialect => Dialect.Sqlite;

    public static async Task<SqliteEngine> OpenAsync(
        string path, WorklistStoreOptions options, ILogger logger, TimeProvider time, CancellationToken cancellationToken)
    {
        path = Path.GetFullPath(path);
        MakeFolder(path);
        SqliteConnection connection = SqliteConnection.Open(path, options.BusyTimeout, create: true);
        try
        {
            await UseWalAsync(connection, options.BusyTimeout, time, cancellationToken).ConfigureAwait(false);
            // The pages of one large batch of orders fit, so that most are written once
            connection.Run("PRAGMA synchronous = FULL; PRAGMA cache_size = -16384; PRAGMA mmap_size = 0; "
                + "PRAGMA wal_autocheckpoint = 2000; PRAGMA journal_size_limit = 67108864;");
            if (options.MaximumPages is { } pages) connection.Run($"PRAGMA max_page_count = {pages}");
            return new SqliteEngine(new SqliteWriter(connection, logger), new SqliteReaders(path, options));
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public Task<T> WriteAsync<T>(Func<ISession, ValueTask<T>> work, CancellationToken cancellationToken) =>
        _writer.RunAsync(work, cancellationToken);

    public async Task<T> ReadAsync<T>(Func<ISession, ValueTask<T>> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        SqliteConnection connection = _readers.Rent();
        try
        {
            connection.Run("BEGIN");
            return await work(new SqliteSession(connection)).ConfigureAwait(false);
        }
        finally
        {
            if (!connection.IsAutoCommit) connection.Run("ROLLBACK");
            _readers.Return(connection);
        }
    }

    public ValueTask<IWorklistCursor> OpenCursorAsync(WorklistCriteria criteria, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new ValueTask<IWorklistCursor>(new SqliteCursor(_readers, criteria));
    }

    public ValueTask DisposeAsync()
    {
        _readers.Dispose();
        _writer.Dispose();
        return default;
    }

    private static void MakeFolder(string path)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WorklistStoreException(WorklistStoreFailure.CannotOpen,
                $"The worklist store '{path}' cannot be opened: its folder is missing and cannot be made. "
                + "Make the folder, or set another path (WORKLIST_DB_PATH).", e);
        }
    }

    /// <summary>Changing to WAL needs the file for itself for a moment and does not always wait for it, so this does.</summary>
    private static async Task UseWalAsync(
        SqliteConnection connection, TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
    {
        long start = time.GetTimestamp();
        while (true)
        {
            try
            {
                connection.Run("PRAGMA journal_mode = WAL");
                return;
            }
            catch (WorklistStoreException e)
                when (e.Failure == WorklistStoreFailure.Busy && time.GetElapsedTime(start) < patience)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), time, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
