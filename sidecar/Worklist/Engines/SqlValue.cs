namespace Gantry.Worklist.Engines;

internal enum SqlKind : byte
{
    Text,
    Bytes,
    Integer,
}

/// <summary>A parameter of a statement: text, bytes or a number; text and bytes may be null.</summary>
internal readonly struct SqlValue
{
    private SqlValue(SqlKind kind, string? text, ReadOnlyMemory<byte> bytes, long integer) =>
        (Kind, Text, Bytes, Integer) = (kind, text, bytes, integer);

    public SqlKind Kind { get; }

    public string? Text { get; }

    public ReadOnlyMemory<byte> Bytes { get; }

    public long Integer { get; }

    public static implicit operator SqlValue(string? text) => new(SqlKind.Text, text, default, 0);

    public static implicit operator SqlValue(ReadOnlyMemory<byte> bytes) => new(SqlKind.Bytes, null, bytes, 0);

    public static implicit operator SqlValue(byte[] bytes) => new(SqlKind.Bytes, null, bytes, 0);

    public static implicit operator SqlValue(long integer) => new(SqlKind.Integer, null, default, integer);
}
