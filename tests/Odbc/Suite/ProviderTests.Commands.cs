using System.Data.Common;
using System.Globalization;

namespace Gantry.Odbc.Tests.Suite;

/// <summary>Commands and readers.</summary>
public abstract partial class ProviderTests<TServer>
{
    [Fact]
    public void A_name_used_twice_is_bound_twice_and_names_in_quotes_and_comments_are_not()
    {
        using OdbcConnection connection = Server.Open();
        string table = TableOf(connection, "int");
        connection.Run($"insert into {table} (v) values (@v)", "v", 7);

        object? found = connection.Scalar(
            $"select '@v ? it''s' as \"@v\" /* @v */ from {table} where v = @v or v = @V + @other -- @nothing", "@v", 7, "other", 0, "unused", 1);

        Assert.Equal("@v ? it's", found);
    }

    [Fact]
    public void Question_marks_take_the_parameters_in_order()
    {
        using OdbcConnection connection = Server.Open();
        string table = TableOf(connection, "int");
        connection.Run($"insert into {table} (v) values (?)", "", 5);

        Assert.Equal(1, connection.Run($"update {table} set v = ? where v = ?", "", 6, "", 5));
        Assert.Equal(6, connection.Scalar($"select v from {table}"));
        Assert.Throws<InvalidOperationException>(() => connection.Run($"update {table} set v = ? where v = ?", "", 6));
    }

    [Fact]
    public void A_parameter_that_is_not_given_is_named()
    {
        using OdbcConnection connection = Server.Open();
        string table = TableOf(connection, "int");

        InvalidOperationException refused = Assert.Throws<InvalidOperationException>(() => connection.Run($"delete from {table} where v = @missing"));

        Assert.Contains("@missing", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Changed_rows_are_counted()
    {
        using OdbcConnection connection = Server.Open();
        string table = TableOf(connection, "int");
        for (int value = 0; value < 3; value++) connection.Run($"insert into {table} (v) values (@v)", "v", value);

        Assert.Equal(2, connection.Run($"update {table} set v = v + 10 where v >= 1"));
        Assert.Equal(0, connection.Run($"delete from {table} where v = -1"));
        Assert.Equal(3, connection.Run($"delete from {table}"));
    }

    [Fact]
    public void A_prepared_command_runs_again_with_other_values()
    {
        using OdbcConnection connection = Server.Open();
        string table = TableOf(connection, "nvarchar");
        using OdbcCommand insert = connection.Command($"insert into {table} (v) values (@v)", "v", "");
        insert.Prepare();
        foreach (string name in new[] { "가", "a much longer name", "나" })
        {
            insert.Parameters["v"].Value = name;
            Assert.Equal(1, insert.ExecuteNonQuery());
        }

        using OdbcCommand select = connection.Command($"select v from {table} where v = @v", "v", "");
        select.Prepare();
        foreach (string name in new[] { "나", "가", "none", "a much longer name" })
        {
            select.Parameters["v"].Value = name;
            Assert.Equal(name == "none" ? null : name, select.ExecuteScalar());
        }
    }

    [Fact]
    public async Task Many_rows_come_complete_and_in_order_both_ways()
    {
        using OdbcConnection connection = Server.Open();
        string sql = string.Format(CultureInfo.InvariantCulture, Can.Numbers, 5000);
        int expected = 0;

        using (OdbcDataReader reader = connection.Command(sql).ExecuteReader())
        {
            Assert.True(reader.HasRows);
            while (reader.Read()) Assert.Equal(++expected, reader.GetInt32(0));
        }
        Assert.Equal(5000, expected);

        await using (OdbcDataReader reader = await connection.Command(sql).ExecuteReaderAsync())
        {
            while (await reader.ReadAsync()) Assert.Equal(expected--, 5001 - reader.GetInt32(0));
            Assert.False(await reader.ReadAsync());
        }
        Assert.Equal(0, expected);
    }

    [Fact]
    public void A_connection_runs_one_statement_at_a_time()
    {
        using OdbcConnection connection = Server.Open();
        string sql = string.Format(CultureInfo.InvariantCulture, Can.Numbers, 10);
        using (OdbcDataReader reader = connection.Command(sql).ExecuteReader())
        {
            Assert.True(reader.Read());
            Assert.Throws<InvalidOperationException>(() => connection.Scalar("select 1"));
            Assert.True(reader.Read());
        }

        Assert.Equal(1, Convert.ToInt32(connection.Scalar("select 1"), CultureInfo.InvariantCulture));
    }

    [Fact]
    public void A_reader_without_rows_says_so()
    {
        using OdbcConnection connection = Server.Open();
        string table = TableOf(connection, "int");
        using OdbcDataReader reader = connection.Command($"select v from {table}").ExecuteReader();

        Assert.False(reader.HasRows);
        Assert.Equal(1, reader.FieldCount);
        Assert.False(reader.Read());
        Assert.False(reader.NextResult());
        Assert.Throws<InvalidOperationException>(() => reader.GetValue(0));
    }

    [Fact]
    public void A_column_that_is_not_there_is_named_together_with_those_that_are()
    {
        using OdbcConnection connection = Server.Open();
        using OdbcDataReader reader = connection.Command("select 1 as accession_number, 2 as modality").ExecuteReader();

        Assert.Equal(1, reader.GetOrdinal("MODALITY"));
        IndexOutOfRangeException refused = Assert.Throws<IndexOutOfRangeException>(() => reader.GetOrdinal("patient_id"));
        Assert.Contains("patient_id", refused.Message, StringComparison.Ordinal);
        Assert.Contains("accession_number", refused.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void All_statements_of_a_batch_run_and_all_results_are_given()
    {
        if (!Can.RunsBatches) return;
        using OdbcConnection connection = Server.Open();
        string table = TableOf(connection, "int");
        using (OdbcDataReader reader = connection.Command(
            $"insert into {table} (v) values (1); select v from {table}; update {table} set v = 2; select v, v + 1 as w from {table}; delete from {table}").ExecuteReader())
        {
            Assert.True(reader.Read());
            Assert.Equal(1, reader.GetInt32(0));
            Assert.True(reader.NextResult());
            Assert.Equal(2, reader.FieldCount);
            Assert.True(reader.Read());
            Assert.Equal(3, reader.GetInt32(1));
        }

        Assert.Equal(0, connection.Count(table));
    }

    [Fact]
    public void The_provider_works_through_its_factory()
    {
        DbProviderFactory factory = OdbcFactory.Instance;
        using DbConnection connection = factory.CreateConnection()!;
        connection.ConnectionString = Server.ConnectionString;
        connection.Open();
        using DbCommand command = connection.CreateCommand();
        DbParameter parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = ("@x", "홍");
        command.CommandText = $"select case when @x = {(Can.Types["nvarchar"].Sql.StartsWith('n') ? "N" : "")}'홍' then 1 else 0 end";
        if (!Can.RunsBatches) command.CommandText = command.CommandText.Replace("N'", "'", StringComparison.Ordinal);
        command.Parameters.Add(parameter);

        Assert.Equal(1, Convert.ToInt32(command.ExecuteScalar(), CultureInfo.InvariantCulture));
        Assert.NotEmpty(connection.ServerVersion);
    }
}
