using System.Data.Common;

namespace Gantry.Odbc;

/// <summary>Makes the provider's objects for code that does not know which provider it uses.</summary>
public sealed class OdbcFactory : DbProviderFactory
{
    /// <summary>The only one; DbProviderFactories.RegisterFactory looks for a field of this name.</summary>
    public static readonly OdbcFactory Instance = new();

    private OdbcFactory()
    {
    }

    /// <inheritdoc/>
    public override DbCommand CreateCommand() => new OdbcCommand();

    /// <inheritdoc/>
    public override DbConnection CreateConnection() => new OdbcConnection();

    /// <inheritdoc/>
    public override DbConnectionStringBuilder CreateConnectionStringBuilder() => new OdbcConnectionStringBuilder();

    /// <inheritdoc/>
    public override DbParameter CreateParameter() => new OdbcParameter();

    /// <inheritdoc/>
    public override DbDataSource CreateDataSource(string connectionString) => new OdbcDataSource(connectionString);
}
