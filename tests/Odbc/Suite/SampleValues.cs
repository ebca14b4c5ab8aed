namespace Gantry.Odbc.Tests.Suite;

/// <summary>Values for columns of all kinds, such that every server under test can hold them exactly.</summary>
public static class SampleValues
{
    public static readonly (string Kind, object Value)[] All =
    [
        ("smallint", (short)-32768), ("int", int.MinValue), ("bigint", long.MaxValue), ("decimal", -12345678901.7891m), ("decimal", 0.0001m),
        ("money", 1234.56m), ("float", 1.5e300), ("float", -0.1), ("real", 1.5f), ("bit", true), ("bit", false), ("char", "AB"),
        ("varchar", "O'Brien"), ("nvarchar", "홍길동"), ("text", "two\nlines"), ("nvarchar(max)", "김😀민"), ("date", new DateOnly(2024, 2, 29)),
        ("date", new DateOnly(1899, 12, 31)), ("time", new TimeOnly(23, 59, 59)), ("datetime", new DateTime(2024, 2, 29, 13, 5, 9)),
        ("datetime2", new DateTime(2024, 12, 31, 23, 59, 59, 123)), ("datetimeoffset", new DateTimeOffset(2024, 2, 29, 0, 0, 0, TimeSpan.Zero)),
        ("uniqueidentifier", Guid.Parse("c0ffee00-1111-4222-8333-444455556666")), ("varbinary", new byte[] { 0, 1, 127, 128, 255 }),
        ("varbinary(max)", Enumerable.Range(0, 9000).Select(static i => (byte)i).ToArray()),
    ];

    public static TheoryData<int> Numbers => [.. Enumerable.Range(0, All.Length)];

    public static TheoryData<string> Kinds => [.. Capabilities.SqlServer.Types.Keys];
}
