namespace Gantry.Odbc.Sql;

/// <summary>
/// SQL whose <c>@name</c> parameters have become <c>?</c>, and what stands at each of them, in order.
/// </summary>
/// <param name="Text">The SQL for the driver.</param>
/// <param name="Names">Per <c>?</c>: the parameter's name without @; null for a <c>?</c> that was written so.</param>
internal sealed record PositionalSql(string Text, IReadOnlyList<string?> Names)
{
    /// <summary>Rewrites <paramref name="sql"/>.</summary>
    /// <param name="sql">SQL of any dialect.</param>
    /// <param name="isParameter">Whether there is a parameter of this name (without @).</param>
    /// <exception cref="InvalidOperationException">A name has no parameter, and the SQL declares no variables of its own.</exception>
    public static PositionalSql From(string sql, Func<string, bool> isParameter)
    {
        var names = new List<string?>();
        System.Text.StringBuilder? output = null;
        string? unknown = null;
        bool declares = false;
        int copied = 0;
        foreach (SqlMark mark in SqlScanner.Scan(sql))
        {
            switch (mark.Kind)
            {
                case SqlMarkKind.Declaration:
                    declares = true;
                    break;
                case SqlMarkKind.Question:
                    names.Add(null);
                    break;
                case SqlMarkKind.Name when isParameter(sql.Substring(mark.Start + 1, mark.Length - 1)):
                    output ??= new System.Text.StringBuilder(sql.Length);
                    output.Append(sql, copied, mark.Start - copied).Append('?');
                    copied = mark.Start + mark.Length;
                    names.Add(sql.Substring(mark.Start + 1, mark.Length - 1));
                    break;
                case SqlMarkKind.Name:
                    unknown ??= sql.Substring(mark.Start, mark.Length);
                    break;
            }
        }
        // T-SQL's own variables are the server's business: DECLARE @n int; SELECT @n
        if (unknown is not null && !declares)
            throw new InvalidOperationException($"The SQL names {unknown}, but the command has no such parameter.");
        if (names.Contains(null) && names.Exists(static name => name is not null))
            throw new InvalidOperationException("The SQL mixes ? and @name parameters; use one of them.");
        return new PositionalSql(output is null ? sql : output.Append(sql, copied, sql.Length - copied).ToString(), names);
    }
}
