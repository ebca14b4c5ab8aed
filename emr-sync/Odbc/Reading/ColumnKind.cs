namespace Gantry.Odbc.Reading;

/// <summary>What a column's values are in .NET.</summary>
internal enum ColumnKind
{
    Boolean,
    Byte,
    Int16,
    Int32,
    Int64,
    Single,
    Double,
    Decimal,
    Text,
    Binary,
    Date,
    Time,
    Timestamp,
    TimestampOffset,
    Guid,
}
