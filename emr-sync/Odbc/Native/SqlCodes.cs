namespace Gantry.Odbc.Native;

/// <summary>Kinds of handles (SQL_HANDLE_...).</summary>
internal enum HandleKind : short
{
    Environment = 1,
    Connection = 2,
    Statement = 3,
}

/// <summary>Types of columns and parameters as the server has them (SQL_...). The negative ones beyond -100 are Microsoft's own.</summary>
internal enum SqlType : short
{
    Unknown = 0,
    Char = 1,
    Numeric = 2,
    Decimal = 3,
    Integer = 4,
    SmallInt = 5,
    Float = 6,
    Real = 7,
    Double = 8,
    OldDate = 9,
    OldTime = 10,
    OldTimestamp = 11,
    VarChar = 12,
    Date = 91,
    Time = 92,
    Timestamp = 93,
    LongVarChar = -1,
    Binary = -2,
    VarBinary = -3,
    LongVarBinary = -4,
    BigInt = -5,
    TinyInt = -6,
    Bit = -7,
    WChar = -8,
    WVarChar = -9,
    WLongVarChar = -10,
    Guid = -11,
    ServerTime = -154,
    ServerTimestampOffset = -155,
}

/// <summary>Types of buffers in this program (SQL_C_...).</summary>
internal enum CType : short
{
    Char = 1,
    WChar = -8,
    Binary = -2,
    Bit = -7,
    Int16 = -15,
    Int32 = -16,
    Int64 = -25,
    Single = 7,
    Double = 8,
    Date = 91,
    Time = 92,
    Timestamp = 93,
}

/// <summary>Attributes of connections (SQL_ATTR_... for SQLSetConnectAttr).</summary>
internal enum ConnectionAttribute
{
    AutoCommit = 102,
    LoginTimeout = 103,
    Isolation = 108,
    CurrentCatalog = 109,
    Dead = 1209,

    /// <summary>SQL_COPT_SS_TXN_ISOLATION: Microsoft's, knows SNAPSHOT.</summary>
    ServerIsolation = 1227,
}

/// <summary>What SQLGetInfo is asked for.</summary>
internal enum InfoKind : short
{
    DriverName = 6,
    ServerName = 13,
    DatabaseName = 16,
    DbmsName = 17,
    DbmsVersion = 18,
}

/// <summary>Attributes of result columns (SQL_DESC_...).</summary>
internal enum ColumnAttribute : short
{
    Unsigned = 8,
    AutoIncrement = 11,
    TypeName = 14,
}

/// <summary>Numbers that stand in length indicators.</summary>
internal static class Indicator
{
    public const nint Null = -1;
    public const nint NoTotal = -4;
}
