using Gantry.Odbc.Native;

namespace Gantry.Odbc.Reading;

/// <summary>A column of a result, as the driver describes it.</summary>
/// <param name="Name">Its name or alias; may be empty.</param>
/// <param name="Type">The server's type.</param>
/// <param name="TypeName">The server's name for it: "nvarchar"; may be empty.</param>
/// <param name="Size">Characters, bytes or digits; 0 if unlimited or unknown.</param>
/// <param name="Decimals">Digits behind the point.</param>
/// <param name="IsNullable">Null if the driver does not know.</param>
/// <param name="Kind">What its values are in .NET.</param>
internal sealed unsafe record ResultColumn(
    string Name, SqlType Type, string TypeName, long Size, int Decimals, bool? IsNullable, ColumnKind Kind)
{
    private const int LongestName = 1024;

    public Type FieldType => Kind switch
    {
        ColumnKind.Boolean => typeof(bool),
        ColumnKind.Byte => typeof(byte),
        ColumnKind.Int16 => typeof(short),
        ColumnKind.Int32 => typeof(int),
        ColumnKind.Int64 => typeof(long),
        ColumnKind.Single => typeof(float),
        ColumnKind.Double => typeof(double),
        ColumnKind.Decimal => typeof(decimal),
        ColumnKind.Text => typeof(string),
        ColumnKind.Binary => typeof(byte[]),
        ColumnKind.Date or ColumnKind.Timestamp => typeof(DateTime),
        ColumnKind.Time => typeof(TimeSpan),
        ColumnKind.TimestampOffset => typeof(DateTimeOffset),
        ColumnKind.Guid => typeof(Guid),
    };

    /// <summary>Describes the columns of the statement's current result.</summary>
    /// <exception cref="OdbcException">The driver cannot.</exception>
    public static ResultColumn[] Describe(StatementHandle statement, int count)
    {
        var columns = new ResultColumn[count];
        for (int index = 0; index < count; index++) columns[index] = Describe(statement, (ushort)(index + 1));
        return columns;
    }

    private static ResultColumn Describe(StatementHandle statement, ushort number)
    {
        char* name = stackalloc char[LongestName];
        if (!OdbcFunctions.SQLDescribeColW(statement, number, name, LongestName, out short length, out SqlType type, out nuint size,
                out short decimals, out short nullable).IsSuccess())
            throw Diagnostics.Failure($"Describing column {number}", statement);
        string text = new(name, 0, Math.Clamp((int)length, 0, LongestName - 1));
        bool? isNullable = nullable switch { 0 => false, 1 => true, _ => null };
        bool isUnsigned = OdbcFunctions.SQLColAttributeW(statement, number, ColumnAttribute.Unsigned, null, 0, out _, out nint unsigned).IsSuccess()
            && unsigned == 1;
        long columnSize = size > int.MaxValue ? 0 : (long)size;
        return new ResultColumn(text, type, ReadTypeName(statement, number), columnSize, decimals, isNullable, KindOf(type, isUnsigned));
    }

    private static string ReadTypeName(StatementHandle statement, ushort number)
    {
        const int Capacity = 128;
        char* text = stackalloc char[Capacity];
        SqlReturn code = OdbcFunctions.SQLColAttributeW(statement, number, ColumnAttribute.TypeName, text, Capacity * sizeof(char), out short bytes, out _);
        return code.IsSuccess() ? new string(text, 0, Math.Clamp(bytes / sizeof(char), 0, Capacity - 1)).TrimEnd('\0') : "";
    }

    private static ColumnKind KindOf(SqlType type, bool isUnsigned) => type switch
    {
        SqlType.Bit => ColumnKind.Boolean,
        SqlType.TinyInt => isUnsigned ? ColumnKind.Byte : ColumnKind.Int16,
        SqlType.SmallInt => isUnsigned ? ColumnKind.Int32 : ColumnKind.Int16,
        SqlType.Integer => isUnsigned ? ColumnKind.Int64 : ColumnKind.Int32,
        SqlType.BigInt => isUnsigned ? ColumnKind.Decimal : ColumnKind.Int64,
        SqlType.Real => ColumnKind.Single,
        SqlType.Float or SqlType.Double => ColumnKind.Double,
        SqlType.Numeric or SqlType.Decimal => ColumnKind.Decimal,
        SqlType.Binary or SqlType.VarBinary or SqlType.LongVarBinary => ColumnKind.Binary,
        SqlType.Date or SqlType.OldDate => ColumnKind.Date,
        SqlType.Time or SqlType.OldTime or SqlType.ServerTime => ColumnKind.Time,
        SqlType.Timestamp or SqlType.OldTimestamp => ColumnKind.Timestamp,
        SqlType.ServerTimestampOffset => ColumnKind.TimestampOffset,
        SqlType.Guid => ColumnKind.Guid,
        // Texts of all kinds; and what we do not know (xml, sql_variant, intervals), which every driver can give as text
        _ => ColumnKind.Text,
    };
}
