using System.Data;
using System.Data.Common;
using FsCheck;
using FsCheck.Fluent;

namespace Gantry.Odbc.Tests.Suite;

/// <summary>Values of all types, there and back.</summary>
public abstract partial class ProviderTests<TServer>
{
    [Theory]
    [MemberData(nameof(SampleValues.Numbers), MemberType = typeof(SampleValues))]
    public async Task A_value_of_every_type_comes_back_as_it_went(int sample)
    {
        (string kind, object value) = SampleValues.All[sample];
        using OdbcConnection connection = Server.Open();
        string table = TableOf(connection, kind);

        Assert.Equal(1, connection.Run($"insert into {table} (v) values (@v)", "v", value));

        await using OdbcCommand command = connection.Command($"select v from {table}");
        await using OdbcDataReader reader = await command.ExecuteReaderAsync();
        Assert.True(await reader.ReadAsync());
        Assert.False(reader.IsDBNull(0));
        Assert.Equal(value, ReadAs(reader, value));
        Assert.False(await reader.ReadAsync());
    }

    [Theory]
    [MemberData(nameof(SampleValues.Numbers), MemberType = typeof(SampleValues))]
    public void A_value_finds_the_row_that_holds_it(int sample)
    {
        (string kind, object value) = SampleValues.All[sample];
        if (Can.Incomparable.Contains(kind)) return;
        using OdbcConnection connection = Server.Open();
        string table = TableOf(connection, kind);
        connection.Run($"insert into {table} (v) values (@v)", "v", value);

        Assert.Equal(1, Convert.ToInt32(connection.Scalar($"select count(*) from {table} where v = @v", "v", value), null));
    }

    [Theory]
    [MemberData(nameof(SampleValues.Kinds), MemberType = typeof(SampleValues))]
    public void NULL_goes_into_every_type_and_comes_back(string kind)
    {
        using OdbcConnection connection = Server.Open();
        string table = TableOf(connection, kind);
        using OdbcCommand command = connection.Command($"insert into {table} (v) values (@v)", "v", null);
        // The two that a server does not convert a NULL of text to
        if (kind.StartsWith("varbinary", StringComparison.Ordinal)) command.Parameters["v"].DbType = DbType.Binary;
        if (kind == "money") command.Parameters["v"].DbType = DbType.Currency;
        command.ExecuteNonQuery();

        using OdbcDataReader reader = connection.Command($"select v from {table}").ExecuteReader();
        Assert.True(reader.Read());
        Assert.True(reader.IsDBNull(0));
        Assert.Same(DBNull.Value, reader.GetValue(0));
        Assert.Null(reader.GetFieldValue<string?>(0));
        Assert.Throws<InvalidCastException>(() => reader.GetInt32(0));
    }

    [Theory]
    [MemberData(nameof(SampleValues.Kinds), MemberType = typeof(SampleValues))]
    public void A_column_says_what_it_is(string kind)
    {
        using OdbcConnection connection = Server.Open();
        string table = TableOf(connection, kind);

        using OdbcDataReader reader = connection.Command($"select v from {table}").ExecuteReader(CommandBehavior.SchemaOnly);

        DbColumn column = Assert.Single(reader.GetColumnSchema());
        Assert.Equal("v", column.ColumnName, ignoreCase: true);
        Assert.Equal(Can.Types[kind].Native, column.DataType);
        Assert.Equal(Can.Types[kind].Native, reader.GetFieldType(0));
        Assert.NotEmpty(reader.GetDataTypeName(0));
        Assert.False(reader.Read());
    }

    [Theory]
    [InlineData("")]
    [InlineData("Yamada^Tarou=山田^太郎=やまだ^たろう")]
    [InlineData("Ünïcödé é Ω Ж א ع ไ 한 😀")]
    [InlineData("'; drop table x; -- @v ? [x] {fn}")]
    [InlineData("  spaces around  ")]
    public void Text_of_any_script_survives(string text)
    {
        using OdbcConnection connection = Server.Open();
        string table = TableOf(connection, "nvarchar");
        connection.Run($"insert into {table} (v) values (@v)", "v", text);

        Assert.Equal(text, connection.Scalar($"select v from {table}"));
    }

    [Fact]
    public void Text_in_the_SQL_itself_survives()
    {
        using OdbcConnection connection = Server.Open();
        string table = TableOf(connection, "nvarchar");
        string prefix = Can.Types["nvarchar"].Sql.StartsWith("nvarchar", StringComparison.Ordinal) && Can.RunsBatches ? "N" : "";
        connection.Run($"insert into {table} (v) values ({prefix}'김민준 @v ?')");

        Assert.Equal("김민준 @v ?", connection.Scalar($"select v from {table}"));
    }

    [Fact]
    public void Any_text_survives()
    {
        using OdbcConnection connection = Server.Open();
        string table = TableOf(connection, "nvarchar(max)");
        // No server takes U+0000, and half a surrogate pair is no text
        var texts = ArbMap.Default.ArbFor<string>().Filter(static text =>
            text is not null && !text.Contains('\0', StringComparison.Ordinal) && !text.Any(char.IsSurrogate));
        Prop.ForAll(texts, text =>
        {
            connection.Run($"delete from {table}");
            connection.Run($"insert into {table} (v) values (@v)", "v", text);
            return (string?)connection.Scalar($"select v from {table}") == text;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(50));
    }

    [Fact]
    public void A_timestamp_keeps_the_digits_that_the_server_has()
    {
        using OdbcConnection connection = Server.Open();
        string table = TableOf(connection, "datetime2");
        long unit = (long)Math.Pow(10, 7 - Can.FractionDigits);
        DateTime time = new DateTime(2024, 2, 29, 12, 34, 56).AddTicks(1_234_567 / unit * unit);
        connection.Run($"insert into {table} (v) values (@v)", "v", time);

        Assert.Equal(time, connection.Scalar($"select v from {table}"));
    }

    [Fact]
    public void A_number_too_large_for_the_asked_type_is_refused_by_naming_its_column()
    {
        using OdbcConnection connection = Server.Open();
        string table = TableOf(connection, "bigint");
        connection.Run($"insert into {table} (v) values (@v)", "v", long.MaxValue);
        using OdbcDataReader reader = connection.Command($"select v from {table}").ExecuteReader();
        Assert.True(reader.Read());

        Assert.Equal(long.MaxValue, reader.GetInt64(0));
        Assert.Contains("'v'", Assert.Throws<InvalidCastException>(() => reader.GetInt32(0)).Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Numbers_kept_as_text_are_read_as_numbers_where_they_are_some()
    {
        using OdbcConnection connection = Server.Open();
        string table = TableOf(connection, "varchar");
        connection.Run($"insert into {table} (v) values (@v)", "v", " 00012345 ");
        using OdbcDataReader reader = connection.Command($"select v from {table}").ExecuteReader();
        Assert.True(reader.Read());

        Assert.Equal(12345, reader.GetInt32(0));
        Assert.Equal(12345m, reader.GetDecimal(0));
        Assert.Throws<InvalidCastException>(() => reader.GetGuid(0));
    }

    private object ReadAs(OdbcDataReader reader, object value) => value switch
    {
        short => reader.GetInt16(0),
        int => reader.GetInt32(0),
        long => reader.GetInt64(0),
        decimal => reader.GetDecimal(0),
        double => reader.GetDouble(0),
        float => reader.GetFloat(0),
        bool => reader.GetBoolean(0),
        string when Can.PadsChar => reader.GetString(0).TrimEnd(' '),
        string => reader.GetString(0),
        DateOnly => reader.GetFieldValue<DateOnly>(0),
        TimeOnly => reader.GetFieldValue<TimeOnly>(0),
        DateTime => reader.GetDateTime(0),
        DateTimeOffset => reader.GetFieldValue<DateTimeOffset>(0),
        Guid => reader.GetGuid(0),
        byte[] => reader.GetFieldValue<byte[]>(0),
        _ => throw new InvalidOperationException($"No way to read a {value.GetType()}."),
    };
}
