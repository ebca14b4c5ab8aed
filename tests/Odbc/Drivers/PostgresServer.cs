using Gantry.Worklist.Tests.Engines;

namespace Gantry.Odbc.Tests.Drivers;

/// <summary>Debian's odbc-postgresql against a real PostgreSQL of our own.</summary>
public sealed class PostgresServer : ServerUnderTest
{
    private PrivatePostgres? _server;

    public override Capabilities Can => Capabilities.Postgres;

    // BoolsAsChar: the driver calls booleans varchar(5) otherwise
    public override string ConnectionString => $"{Address};UID=postgres;BoolsAsChar=0";

    /// <summary>Driver, server and database, without the user.</summary>
    public string Address => $"Driver={{{DriverFile.Path(DriverFile.Postgres)}}};Server={Folder};Database=postgres";

    /// <summary>The folder of the socket; the cluster lies in data.</summary>
    public string Folder => _server!.ConnectionString.Split(';')[0]["Host=".Length..];

    public override async Task InitializeAsync() => _server = await PrivatePostgres.StartAsync();

    public override async Task DisposeAsync() => await _server!.DisposeAsync();
}
