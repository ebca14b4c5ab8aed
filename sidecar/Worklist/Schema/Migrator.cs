using Gantry.Worklist.Engines;
using Microsoft.Extensions.Logging;

namespace Gantry.Worklist.Schema;

/// <summary>Brings a database to this program's schema: forward only, one transaction for each version, under a lock.</summary>
internal static class Migrator
{
    private const string ReadVersion = "SELECT coalesce(max(version), 0) FROM schema_version";
    private const string WriteVersion = "INSERT INTO schema_version (version, applied_at) VALUES ($1, $2)";

    /// <summary>The version of the schema that this program works with.</summary>
    public static int Newest => Migration.All[^1].Version;

    public static async Task UpgradeAsync(
        IEngine engine, string place, ILogger logger, TimeProvider time, CancellationToken cancellationToken, int? upTo = null)
    {
        int last = upTo ?? Newest;
        if (await VersionAsync(engine, cancellationToken).ConfigureAwait(false) == last) return;
        while (await engine.WriteAsync(session => NextAsync(session, engine.Dialect, place, time, last), cancellationToken)
            .ConfigureAwait(false) is { } done)
            Log.Migrated(logger, done.Version, done.What);
    }

    /// <summary>What is said of a store that a newer program has written.</summary>
    public static WorklistStoreException Newer(string place, long version) => new(WorklistStoreFailure.NewerVersion,
        $"The worklist store '{place}' has schema version {version}, written by a newer Gantry; this one knows up to {Newest}. "
        + "Start the newer Gantry, or give this one another store.");

    private static Task<long> VersionAsync(IEngine engine, CancellationToken cancellationToken) =>
        engine.ReadAsync(async session =>
        {
            var editor = new SchemaEditor(session, engine.Dialect);
            if (!await editor.ExistsAsync("schema_version").ConfigureAwait(false)) return 0;
            return (await session.QueryAsync(ReadVersion, static row => row.Integer(0)).ConfigureAwait(false))[0];
        }, cancellationToken);

    /// <summary>
    /// One version further; null if there is none. Another program may have gone ahead, so the version is read under the lock.
    /// </summary>
    private static async ValueTask<Migration?> NextAsync(ISession session, Dialect dialect, string place, TimeProvider time, int last)
    {
        if (dialect.TakeSchemaLock is { } take) await session.RunScriptAsync(take).ConfigureAwait(false);
        var editor = new SchemaEditor(session, dialect);
        await editor.RunAsync(
            "CREATE TABLE IF NOT EXISTS schema_version (version {integer} NOT NULL PRIMARY KEY, applied_at {text} NOT NULL)")
            .ConfigureAwait(false);
        long version = (await session.QueryAsync(ReadVersion, static row => row.Integer(0)).ConfigureAwait(false))[0];
        if (version > Newest) throw Newer(place, version);
        if (version == last) return null;

        Migration next = Migration.All.First(migration => migration.Version == version + 1);
        await next.ApplyAsync(editor).ConfigureAwait(false);
        await session.ExecuteAsync(WriteVersion, next.Version, StoreTime.Text(time.GetUtcNow())).ConfigureAwait(false);
        return next;
    }
}
