using Gantry.Worklist.Engines;

namespace Gantry.Worklist.Schema;

/// <summary>A column of a table: its name, and its type and rules with the placeholders of <see cref="Dialect.Fill"/>.</summary>
internal sealed record ColumnDefinition(string Name, string Definition);

/// <summary>
/// What a migration works with: it makes what is missing and leaves alone what is there, so that files of other programs grow in
/// place.
/// </summary>
internal sealed class SchemaEditor(ISession session, Dialect dialect)
{
    private readonly string _columnsOf = dialect.ColumnsOf;

    public bool IsSqlite => dialect == Dialect.Sqlite;

    public async ValueTask<HashSet<string>> ColumnsAsync(string table) =>
        [.. await session.QueryAsync(_columnsOf, static row => row.Text(0) ?? "", table).ConfigureAwait(false)];

    public async ValueTask<bool> ExistsAsync(string table) => (await ColumnsAsync(table).ConfigureAwait(false)).Count > 0;

    public ValueTask RunAsync(string sql) => session.RunScriptAsync(dialect.Fill(sql));

    /// <summary>Makes the table, or adds the columns that it lacks; true if it was there before.</summary>
    public async ValueTask<bool> EnsureTableAsync(string table, IReadOnlyList<ColumnDefinition> columns)
    {
        HashSet<string> present = await ColumnsAsync(table).ConfigureAwait(false);
        if (present.Count == 0)
        {
            string list = string.Join(", ", columns.Select(static column => $"{column.Name} {column.Definition}"));
            await RunAsync($"CREATE TABLE {table} ({list})").ConfigureAwait(false);
            return false;
        }

        foreach (ColumnDefinition column in columns)
            if (!present.Contains(column.Name))
                await RunAsync($"ALTER TABLE {table} ADD COLUMN {column.Name} {column.Definition}").ConfigureAwait(false);
        return true;
    }
}
