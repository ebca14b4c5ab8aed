using Gantry.Odbc.Tests.Suite;

namespace Gantry.Odbc.Tests.Drivers;

public sealed class SqliteTests(SqliteServer server) : ProviderTests<SqliteServer>(server)
{
    [Fact]
    public void An_integer_beyond_32_bits_in_a_column_called_integer_is_not_cut()
    {
        using OdbcConnection connection = Server.Open();
        string table = Server.NewTable();
        connection.Run($"create table {table} (v integer)");
        connection.Run($"insert into {table} (v) values (@v)", "v", 20240229000001L);
        using OdbcDataReader reader = connection.Command($"select v from {table}").ExecuteReader();
        Assert.True(reader.Read());

        Assert.Equal(20240229000001L, reader.GetInt64(0));
        Assert.Equal(20240229000001L, reader.GetValue(0));
    }
}

public sealed class SqliteHandleTests(SqliteServer server) : HandleTests<SqliteServer>(server);
