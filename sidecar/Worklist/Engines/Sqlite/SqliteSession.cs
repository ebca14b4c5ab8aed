namespace Gantry.Worklist.Engines.Sqlite;

/// <summary>Runs statements on one connection; everything is done when a task is returned.</summary>
internal sealed class SqliteSession(SqliteConnection connection) : ISession
{
    public ValueTask<int> ExecuteAsync(string sql, params ReadOnlySpan<SqlValue> values)
    {
        SqliteStatement statement = connection.Statement(sql);
        try
        {
            statement.Bind(values);
            while (statement.Step())
            {
                // Statements with RETURNING go to the end all the same.
            }

            return new ValueTask<int>(connection.Changes);
        }
        finally
        {
            statement.Reset();
        }
    }

    public ValueTask<List<T>> QueryAsync<T>(string sql, Func<IRow, T> read, params ReadOnlySpan<SqlValue> values)
    {
        SqliteStatement statement = connection.Statement(sql);
        try
        {
            statement.Bind(values);
            var rows = new List<T>();
            while (statement.Step()) rows.Add(read(statement));
            return new ValueTask<List<T>>(rows);
        }
        finally
        {
            statement.Reset();
        }
    }

    public ValueTask RunScriptAsync(string sql)
    {
        connection.Run(sql);
        return default;
    }
}
