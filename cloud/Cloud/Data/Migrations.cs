using System.Globalization;
using System.Reflection;
using Npgsql;

namespace Gantry.Cloud.Data;

/// <summary>Brings the database to this program's schema: all of it or nothing, and one instance at a time.</summary>
internal static class Migrations
{
    /// <summary>Any number, as long as it is always the same: who holds it migrates.</summary>
    internal const long Lock = 0x47414E545259;

    private const int OldestServer = 14;

    /// <summary>The scripts of this program by version, 1 first.</summary>
    private static IReadOnlyList<string> Scripts { get; } = [.. Assembly.GetExecutingAssembly().GetManifestResourceNames()
        .Where(name => name.StartsWith("Migrations/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    /// <exception cref="SettingsException">The database is newer than this program, or does not let us in.</exception>
    public static async Task ApplyAsync(NpgsqlDataSource database, ILogger logger, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await database.OpenConnectionAsync(cancellationToken);
            Require(connection.PostgreSqlVersion);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await ExecuteAsync(connection, "SELECT pg_advisory_xact_lock($1)", [Lock], cancellationToken);
            await ExecuteAsync(connection, "CREATE TABLE IF NOT EXISTS schema_version (version integer PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())", [], cancellationToken);
            await using var query = connection.Command("SELECT coalesce(max(version), 0) FROM schema_version");
            var version = Convert.ToInt32(await query.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture);
            if (version > Scripts.Count)
            {
                throw new SettingsException($"The database has schema {version}, and this program knows {Scripts.Count}: "
                    + "a newer Gantry has worked on it. Start that one, or bring back a copy of the database from before.");
            }
            for (var next = version + 1; next <= Scripts.Count; next++)
            {
                await ExecuteAsync(connection, Read(Scripts[next - 1]), [], cancellationToken);
                await ExecuteAsync(connection, "INSERT INTO schema_version (version) VALUES ($1)", [next], cancellationToken);
            }
            await transaction.CommitAsync(cancellationToken);
            if (version < Scripts.Count)
                Log.Migrated(logger, version, Scripts.Count);
        }
        catch (PostgresException error) when (error.SqlState is "28P01" or "28000" or "3D000" or "42501")
        {
            throw new SettingsException($"The database does not let us in: {error.MessageText}. Check ConnectionStrings__Cloud.");
        }
        catch (PostgresException error) when (error.SqlState.StartsWith("42", StringComparison.Ordinal))
        {
            throw new SettingsException($"The database cannot be brought to schema {Scripts.Count}: {error.MessageText}. Nothing was changed. "
                + "Give the cloud a database of its own, by ConnectionStrings__Cloud.");
        }
    }

    /// <exception cref="SettingsException">The server is too old for our SQL.</exception>
    internal static void Require(Version server)
    {
        if (server.Major < OldestServer)
            throw new SettingsException($"The database is on PostgreSQL {server}; PostgreSQL {OldestServer} or newer is needed. Upgrade that server, or set ConnectionStrings__Cloud to another one.");
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, object[] values, CancellationToken cancellationToken)
    {
        await using var command = connection.Command(sql, values);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static string Read(string name)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
