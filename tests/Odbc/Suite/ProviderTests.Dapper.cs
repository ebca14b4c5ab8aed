using System.Data.Common;
using Dapper;

namespace Gantry.Odbc.Tests.Suite;

/// <summary>Dapper works on the provider.</summary>
public abstract partial class ProviderTests<TServer>
{
    private sealed record Order(int Seq, string Name, DateTime? Taken, string? Modality);

    [Fact]
    public async Task Dapper_writes_and_reads_objects()
    {
        await using OdbcConnection connection = Server.Open();
        string table = await OrdersAsync(connection);

        Order[] orders = [.. await connection.QueryAsync<Order>($"select seq, name, taken, modality from {table} where seq >= @From order by seq", new { From = 2 })];

        Assert.Equal([new Order(2, "김영희", new DateTime(2024, 2, 29, 8, 30, 0), null), new Order(3, "O'Neil", null, "CT")], orders);
    }

    [Fact]
    public async Task Dapper_expands_lists_and_streams_rows()
    {
        await using OdbcConnection connection = Server.Open();
        string table = await OrdersAsync(connection);
        var names = new List<string>();
        int[] seqs = [1, 3, 99];

        await foreach (Order order in connection.QueryUnbufferedAsync<Order>(
            $"select seq, name, taken, modality from {table} where seq in @Seqs order by seq", new { Seqs = seqs }))
            names.Add(order.Name);

        Assert.Equal(["홍길동", "O'Neil"], names);
    }

    [Fact]
    public async Task Dapper_keeps_to_the_transaction()
    {
        await using OdbcConnection connection = Server.Open();
        string table = await OrdersAsync(connection);
        await using (DbTransaction transaction = await connection.BeginTransactionAsync())
        {
            Assert.Equal(1, await connection.ExecuteAsync($"update {table} set modality = @M where seq = @S", new { M = "MR", S = 1 }, transaction));
            await transaction.RollbackAsync();
        }

        Assert.Equal("US", await connection.ExecuteScalarAsync<string>($"select modality from {table} where seq = 1"));
        Assert.Null(await connection.QueryFirstOrDefaultAsync<string>($"select modality from {table} where seq = 2"));
        Assert.Equal(3, await connection.QuerySingleAsync<int>($"select max(seq) from {table}"));
    }

    private async Task<string> OrdersAsync(OdbcConnection connection)
    {
        string table = Server.NewTable();
        await connection.ExecuteAsync($"create table {table} (seq {Can.Types["int"].Sql} not null, name {Can.Types["nvarchar"].Sql} not null, "
            + $"taken {Can.Types["datetime"].Sql} null, modality {Can.Types["varchar"].Sql} null)");
        Assert.Equal(3, await connection.ExecuteAsync($"insert into {table} (seq, name, taken, modality) values (@Seq, @Name, @Taken, @Modality)", new[]
        {
            new Order(1, "홍길동", new DateTime(2024, 2, 29, 13, 0, 0), "US"),
            new Order(2, "김영희", new DateTime(2024, 2, 29, 8, 30, 0), null),
            new Order(3, "O'Neil", null, "CT"),
        }));
        return table;
    }
}
