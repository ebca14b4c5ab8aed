
namespace Gantry.Odbc.Tests.Suite;

/// <summary>What every driver has to pass. Its parts lie in files of their own; differences are in <see cref="Capabilities"/>.</summary>
public abstract partial class ProviderTests<TServer>(TServer server) : IClassFixture<TServer>
    where TServer : ServerUnderTest
{
    protected TServer Server { get; } = server;

    private Capabilities Can => Server.Can;

    /// <summary>A table with one column of a kind.</summary>
    private string TableOf(OdbcConnection connection, string kind)
    {
        string table = Server.NewTable();
        connection.Run($"create table {table} (v {Can.Types[kind].Sql} null)");
        return table;
    }
}
