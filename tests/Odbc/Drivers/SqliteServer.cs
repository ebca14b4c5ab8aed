namespace Gantry.Odbc.Tests.Drivers;

/// <summary>libsqliteodbc on a file of our own.</summary>
public sealed class SqliteServer : ServerUnderTest
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gantry-odbc").FullName;

    public override Capabilities Can => Capabilities.Sqlite;

    public override string ConnectionString =>
        $"Driver={{{DriverFile.Path(DriverFile.Sqlite)}}};Database={_folder}/emr.db;Timeout=20000;SyncPragma=OFF";

    public override Task DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }
}
