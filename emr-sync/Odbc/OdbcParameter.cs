using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace Gantry.Odbc;

/// <summary>
/// An input value of a command. Text is bound as UTF-16 (SQL_WVARCHAR) whatever <see cref="DbType"/> says, because a server
/// converts SQL_VARCHAR to its collation's code page and loses names (odbc-facts 1).
/// </summary>
public sealed class OdbcParameter : DbParameter
{
    private DbType? _dbType;
    private string _name = "";
    private string _sourceColumn = "";

    /// <summary>A parameter without name and value.</summary>
    public OdbcParameter()
    {
    }

    /// <summary>A parameter with its value; the type follows from the value.</summary>
    /// <param name="name">With or without @.</param>
    /// <param name="value">Null means NULL.</param>
    public OdbcParameter(string name, object? value) => (ParameterName, Value) = (name, value);

    /// <summary>Only matters for NULL and for <see cref="DbType.Date"/> and <see cref="DbType.Binary"/>; else the value's own type counts.</summary>
    public override DbType DbType
    {
        get => _dbType ?? DbType.String;
        set => _dbType = value;
    }

    /// <summary>Input is all there is.</summary>
    /// <exception cref="NotSupportedException">Another direction: read results as a result set instead.</exception>
    public override ParameterDirection Direction
    {
        get => ParameterDirection.Input;
        set
        {
            if (value != ParameterDirection.Input)
                throw new NotSupportedException($"Parameter '{_name}': only input parameters are supported; SELECT the value instead.");
        }
    }

    /// <inheritdoc/>
    public override bool IsNullable { get; set; } = true;

    /// <inheritdoc/>
    [AllowNull]
    public override string ParameterName
    {
        get => _name;
        set => _name = value ?? "";
    }

    /// <summary>Ignored: the value's own size is bound.</summary>
    public override int Size { get; set; }

    /// <inheritdoc/>
    [AllowNull]
    public override string SourceColumn
    {
        get => _sourceColumn;
        set => _sourceColumn = value ?? "";
    }

    /// <inheritdoc/>
    public override bool SourceColumnNullMapping { get; set; }

    /// <summary>
    /// string, char, char[], bool, the integers, float, double, decimal, DateTime, DateOnly, TimeOnly, TimeSpan (0 to 24 hours),
    /// DateTimeOffset, Guid, byte[], ReadOnlyMemory&lt;byte&gt;, an enum; null or DBNull for NULL.
    /// </summary>
    public override object? Value { get; set; }

    internal bool HasDbType => _dbType is not null;

    internal ReadOnlySpan<char> BareName => _name.AsSpan().TrimStart('@');

    /// <inheritdoc/>
    public override void ResetDbType() => _dbType = null;
}
