using System.Data;
using System.Data.Common;

namespace Gantry.Odbc.Tests.Suite;

/// <summary>Transactions.</summary>
public abstract partial class ProviderTests<TServer>
{
    [Theory]
    [InlineData(IsolationLevel.Unspecified)]
    [InlineData(IsolationLevel.ReadCommitted)]
    [InlineData(IsolationLevel.Serializable)]
    public void What_is_committed_stays(IsolationLevel level)
    {
        using OdbcConnection connection = Server.Open();
        string table = TableOf(connection, "int");
        using (DbTransaction transaction = connection.BeginTransaction(level))
        {
            Assert.Equal(level, transaction.IsolationLevel);
            connection.Run($"insert into {table} (v) values (1)");
            transaction.Commit();
            Assert.Throws<InvalidOperationException>(transaction.Rollback);
        }

        // And the connection commits by itself again
        connection.Run($"insert into {table} (v) values (2)");
        using OdbcConnection other = Server.Open();
        Assert.Equal(2, other.Count(table));
    }

    [Fact]
    public async Task What_is_rolled_back_or_left_open_is_gone()
    {
        using OdbcConnection connection = Server.Open();
        string table = TableOf(connection, "int");
        await using (DbTransaction transaction = await connection.BeginTransactionAsync())
        {
            connection.Run($"insert into {table} (v) values (1)");
            await transaction.RollbackAsync();
        }
        using (connection.BeginTransaction()) connection.Run($"insert into {table} (v) values (2)");
        Assert.Equal(0, connection.Count(table));

        connection.BeginTransaction();
        connection.Run($"insert into {table} (v) values (3)");
        connection.Close();

        using OdbcConnection other = Server.Open();
        Assert.Equal(0, other.Count(table));
    }

    [Fact]
    public void A_connection_has_one_transaction_at_a_time()
    {
        using OdbcConnection connection = Server.Open();
        using DbTransaction transaction = connection.BeginTransaction();

        Assert.Throws<InvalidOperationException>(() => connection.BeginTransaction());
    }

    [Fact]
    public void A_transaction_does_not_survive_the_return_to_the_pool()
    {
        using var source = new OdbcDataSource(Server.ConnectionString, new OdbcDataSourceOptions { MaximumConnections = 1 });
        string table;
        using (OdbcConnection connection = source.CreateConnection())
        {
            connection.Open();
            table = TableOf(connection, "int");
            connection.BeginTransaction();
            connection.Run($"insert into {table} (v) values (1)");
        }
        using (OdbcConnection connection = source.CreateConnection())
        {
            connection.Open();
            Assert.Equal(0, connection.Count(table));
            connection.Run($"insert into {table} (v) values (2)");
        }

        using OdbcConnection other = Server.Open();
        Assert.Equal(1, other.Count(table));
    }
}
