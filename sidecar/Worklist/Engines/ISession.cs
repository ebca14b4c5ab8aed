namespace Gantry.Worklist.Engines;

/// <summary>The row a query stands on.</summary>
internal interface IRow
{
    /// <summary>The value as text; null for NULL. Bytes that are not UTF-8 come as U+FFFD.</summary>
    string? Text(int column);

    byte[] Bytes(int column);

    long Integer(int column);
}

/// <summary>
/// A transaction on one connection. SQL is the same text for both engines, parameters are $1, $2, ...; statement texts are
/// constants or made
/// once, for they are the keys under which prepared statements are kept. On SQLite every task is complete when it is returned.
/// </summary>
internal interface ISession
{
    /// <summary>How many rows were changed.</summary>
    ValueTask<int> ExecuteAsync(string sql, params ReadOnlySpan<SqlValue> values);

    ValueTask<List<T>> QueryAsync<T>(string sql, Func<IRow, T> read, params ReadOnlySpan<SqlValue> values);

    /// <summary>Several statements without parameters, for the schema.</summary>
    ValueTask RunScriptAsync(string sql);
}

/// <summary>A database: SQLite or PostgreSQL.</summary>
internal interface IEngine : IAsyncDisposable
{
    Dialect Dialect { get; }

    /// <summary>
    /// Runs the work in one transaction, which is durable when the task completes; what the work throws undoes it.
    /// </summary>
    Task<T> WriteAsync<T>(Func<ISession, ValueTask<T>> work, CancellationToken cancellationToken);

    /// <summary>Runs the work on one snapshot.</summary>
    Task<T> ReadAsync<T>(Func<ISession, ValueTask<T>> work, CancellationToken cancellationToken);

    ValueTask<IWorklistCursor> OpenCursorAsync(WorklistCriteria criteria, CancellationToken cancellationToken);
}
