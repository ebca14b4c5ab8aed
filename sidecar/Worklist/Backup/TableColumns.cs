using Gantry.Worklist.Engines;

namespace Gantry.Worklist;

/// <summary>What a value is copied as.</summary>
internal enum ColumnKind
{
    Text,
    Number,
    Bytes,
}

/// <summary>
/// A table's columns, and how its rows travel between the engines: every value as text, which both can write and which tells NULL from
/// an empty value; bytes as hexadecimal digits.
/// </summary>
internal sealed record TableColumns(string Table, IReadOnlyList<(string Name, ColumnKind Kind, bool IsRequired)> Columns)
{
    /// <summary>Tables of the store on SQLite, in any order; the version of the schema is not among them.</summary>
    public static async ValueTask<IReadOnlyList<TableColumns>> OfSqliteAsync(ISession session)
    {
        var found = new List<TableColumns>();
        foreach (string? table in await session.QueryAsync(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'schema_version'", static row => row.Text(0)).ConfigureAwait(false))
        {
            found.Add(new(table!, await session.QueryAsync("SELECT name, upper(type), \"notnull\" FROM pragma_table_info($1)", static row =>
                (row.Text(0)!, Kind(row.Text(1)!), row.Integer(2) != 0), table).ConfigureAwait(false)));
        }
        return found;
    }

    /// <summary>The same on PostgreSQL.</summary>
    public static async ValueTask<IReadOnlyList<TableColumns>> OfPostgresAsync(ISession session) =>
    [
        .. (await session.QueryAsync("""
            SELECT c.table_name::text, c.column_name::text, upper(c.data_type::text), c.is_nullable::text FROM information_schema.columns AS c
            JOIN information_schema.tables AS t ON t.table_schema = c.table_schema AND t.table_name = c.table_name AND t.table_type = 'BASE TABLE'
            WHERE c.table_schema = current_schema() AND c.table_name <> 'schema_version' ORDER BY c.table_name, c.ordinal_position
            """, static row => (Table: row.Text(0)!, Name: row.Text(1)!, Kind: Kind(row.Text(2)!), IsRequired: row.Text(3) == "NO")).ConfigureAwait(false))
            .GroupBy(static column => column.Table, StringComparer.Ordinal)
            .Select(static table => new TableColumns(table.Key, [.. table.Select(static column => (column.Name, column.Kind, column.IsRequired))])),
    ];

    /// <summary>Those tables and columns that both have, as they are in the target.</summary>
    public static IEnumerable<TableColumns> Shared(IReadOnlyList<TableColumns> source, IReadOnlyList<TableColumns> target) =>
        from to in target
        join each in source on to.Table equals each.Table
        let names = each.Columns.Select(static column => column.Name).ToHashSet(StringComparer.Ordinal)
        select new TableColumns(to.Table, [.. to.Columns.Where(column => names.Contains(column.Name))]);

    /// <summary>The list of a SELECT; every value comes out as text.</summary>
    public string Reading(Dialect from) => string.Join(", ", Columns.Select(column => column.Kind switch
    {
        ColumnKind.Text => column.Name,
        ColumnKind.Number => $"CAST({column.Name} AS TEXT)",
        ColumnKind.Bytes when from == Dialect.Postgres => $"encode({column.Name}, 'hex')",
        // hex(NULL) is empty, which is not the same
        ColumnKind.Bytes => $"CASE WHEN {column.Name} IS NULL THEN NULL ELSE hex({column.Name}) END",
    }));

    /// <summary>A row as text.</summary>
    public string?[] Row(IRow row) => [.. Enumerable.Range(0, Columns.Count).Select(row.Text)];

    /// <summary>The statement that writes a row.</summary>
    public string Writing(Dialect to) => $"INSERT INTO {Table} ({string.Join(", ", Columns.Select(static column => column.Name))}) VALUES ("
        + string.Join(", ", Columns.Select((column, index) => column switch
        {
            { Kind: ColumnKind.Number } when to == Dialect.Postgres => FormattableString.Invariant($"CAST(${index + 1} AS BIGINT)"),
            { Kind: ColumnKind.Number } => FormattableString.Invariant($"CAST(${index + 1} AS INTEGER)"),
            // SQLite's binding makes NULL of an empty text
            { Kind: ColumnKind.Text, IsRequired: true } => FormattableString.Invariant($"coalesce(${index + 1}, '')"),
            _ => FormattableString.Invariant($"${index + 1}"),
        })) + ")";

    /// <summary>The values for <see cref="Writing"/>.</summary>
    public SqlValue[] Values(string?[] row) => [.. row.Select((text, index) =>
        text is not null && Columns[index].Kind == ColumnKind.Bytes ? (SqlValue)Convert.FromHexString(text) : (SqlValue)text)];

    private static ColumnKind Kind(string type) => type switch
    {
        "BYTEA" or "BLOB" => ColumnKind.Bytes,
        "BIGINT" or "INTEGER" => ColumnKind.Number,
        _ => ColumnKind.Text,
    };
}
