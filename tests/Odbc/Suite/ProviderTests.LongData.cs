using System.Data;

namespace Gantry.Odbc.Tests.Suite;

/// <summary>Values larger than any buffer, whole and in pieces.</summary>
public abstract partial class ProviderTests<TServer>
{
    // Odd lengths and pairs of surrogates, so that every edge of a buffer falls into a character sooner or later
    private static readonly string LongText = string.Concat(Enumerable.Range(0, 60_000).Select(static i => (i % 3) switch { 0 => "가", 1 => "😀", _ => "x" }));

    private static readonly byte[] LongBytes = [.. Enumerable.Range(0, 300_001).Select(static i => (byte)(i * 7))];

    [Fact]
    public void A_long_value_is_read_whole()
    {
        using OdbcConnection connection = Server.Open();
        string table = LongValues(connection);
        using OdbcDataReader reader = connection.Command($"select a, b, c from {table}").ExecuteReader();
        Assert.True(reader.Read());

        // In any order
        Assert.Equal("after", reader.GetString(2));
        Assert.Equal(LongBytes, reader.GetFieldValue<byte[]>(1));
        Assert.Equal(LongText, reader.GetString(0));
        Assert.Equal(LongText, reader.GetTextReader(0).ReadToEnd());
        Assert.Equal(LongText.Length, reader.GetChars(0, 0, null, 0, 0));
        Assert.Equal(LongBytes.Length, reader.GetStream(1).Length);
    }

    [Fact]
    public async Task A_long_value_is_read_as_a_stream()
    {
        using OdbcConnection connection = Server.Open();
        string table = LongValues(connection);
        await using OdbcDataReader reader = await connection.Command($"select a, b, c from {table}").ExecuteReaderAsync(CommandBehavior.SequentialAccess);
        Assert.True(await reader.ReadAsync());

        Assert.False(await reader.IsDBNullAsync(0));
        using (TextReader text = reader.GetTextReader(0)) Assert.Equal(LongText, await text.ReadToEndAsync());
        using var copy = new MemoryStream();
        await using (Stream bytes = reader.GetStream(1)) await bytes.CopyToAsync(copy);
        Assert.Equal(LongBytes, copy.ToArray());
        Assert.Equal("after", reader.GetString(2));
        Assert.False(await reader.ReadAsync());
    }

    [Fact]
    public void A_long_value_is_read_in_parts_with_gaps()
    {
        using OdbcConnection connection = Server.Open();
        string table = LongValues(connection);
        using OdbcDataReader reader = connection.Command($"select a, b, c from {table}").ExecuteReader(CommandBehavior.SequentialAccess);
        Assert.True(reader.Read());
        var characters = new char[5000];
        var bytes = new byte[5000];

        Assert.Equal(5000, reader.GetChars(0, 10_000, characters, 0, 5000));
        Assert.Equal(LongText.AsSpan(10_000, 5000), characters);
        Assert.Equal(5000, reader.GetChars(0, 15_000, characters, 0, 5000));
        Assert.Equal(LongText.AsSpan(15_000, 5000), characters);
        Assert.Throws<InvalidOperationException>(() => reader.GetChars(0, 0, characters, 0, 1));
        Assert.Equal(1, reader.GetBytes(1, LongBytes.Length - 1, bytes, 0, 5000));
        Assert.Equal(LongBytes[^1], bytes[0]);
        Assert.Equal(0, reader.GetBytes(1, LongBytes.Length, bytes, 0, 5000));
    }

    [Fact]
    public void With_sequential_access_a_column_that_has_gone_by_is_refused()
    {
        using OdbcConnection connection = Server.Open();
        string table = LongValues(connection);
        using OdbcDataReader reader = connection.Command($"select a, b, c from {table}").ExecuteReader(CommandBehavior.SequentialAccess);
        Assert.True(reader.Read());
        TextReader text = reader.GetTextReader(0);
        text.Read();

        Assert.Equal("after", reader.GetString(2));
        Assert.Equal("after", reader.GetString(2));

        Assert.Throws<InvalidOperationException>(() => reader.GetString(0));
        Assert.Throws<InvalidOperationException>(() => text.Read());
    }

    [Theory]
    [InlineData(4000)]
    [InlineData(4001)]
    [InlineData(4094)]
    [InlineData(4095)]
    [InlineData(4096)]
    [InlineData(8190)]
    [InlineData(8191)]
    public void Text_as_long_as_a_buffer_or_nearly_is_complete(int length)
    {
        using OdbcConnection connection = Server.Open();
        string table = TableOf(connection, "nvarchar(max)");
        string text = new string('한', length - 1) + "끝";
        connection.Run($"insert into {table} (v) values (@v)", "v", text);

        Assert.Equal(text, connection.Scalar($"select v from {table}"));
    }

    private string LongValues(OdbcConnection connection)
    {
        string table = Server.NewTable();
        connection.Run($"create table {table} (a {Can.Types["nvarchar(max)"].Sql}, b {Can.Types["varbinary(max)"].Sql}, c {Can.Types["nvarchar"].Sql})");
        connection.Run($"insert into {table} (a, b, c) values (@a, @b, @c)", "a", LongText, "b", LongBytes, "c", "after");
        return table;
    }
}
