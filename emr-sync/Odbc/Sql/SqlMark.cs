namespace Gantry.Odbc.Sql;

/// <summary>What <see cref="SqlScanner"/> finds.</summary>
internal enum SqlMarkKind
{
    /// <summary><c>@name</c></summary>
    Name,

    /// <summary><c>?</c></summary>
    Question,

    /// <summary>The word DECLARE before an <c>@</c>.</summary>
    Declaration,
}

/// <summary>A place in SQL.</summary>
internal readonly record struct SqlMark(SqlMarkKind Kind, int Start, int Length);
