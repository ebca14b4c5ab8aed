namespace Gantry.Odbc.Tests.Drivers;

/// <summary>
/// The SQL Server that GANTRY_TEST_TDS names by a connection string. The project compiles this file only where it is set.
/// </summary>
public sealed class SqlServerOverTds : ServerUnderTest
{
    public override Capabilities Can => Capabilities.SqlServer;

    public override string ConnectionString => Environment.GetEnvironmentVariable("GANTRY_TEST_TDS")
        ?? throw new InvalidOperationException("GANTRY_TEST_TDS was set when the tests were built; set it now too.");
}

public sealed class SqlServerTests(SqlServerOverTds server) : Suite.ProviderTests<SqlServerOverTds>(server);

public sealed class SqlServerHandleTests(SqlServerOverTds server) : Suite.HandleTests<SqlServerOverTds>(server);
