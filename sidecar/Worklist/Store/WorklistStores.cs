using Gantry.Worklist.Engines;
using Gantry.Worklist.Engines.Postgres;
using Gantry.Worklist.Engines.Sqlite;
using Gantry.Worklist.Schema;
using Microsoft.Extensions.Logging;

namespace Gantry.Worklist;

/// <summary>Opens a worklist store.</summary>
public static class WorklistStores
{
    /// <summary>
    /// Opens the store, making it or bringing it to this version's schema first, under a lock: two may start at once.
    /// </summary>
    /// <exception cref="ArgumentException">Not exactly one of SqlitePath and Postgres is set.</exception>
    /// <exception cref="WorklistStoreException">The store cannot be opened; the message names it and the way out.</exception>
    public static async Task<IWorklistStore> OpenAsync(
        WorklistStoreOptions options, ILoggerFactory loggers, TimeProvider time, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(options.SqlitePath) == string.IsNullOrWhiteSpace(options.Postgres))
            throw new ArgumentException(
                "Set exactly one of SqlitePath and Postgres: the worklist store is either a file or a server.", nameof(options));

        ILogger logger = loggers.CreateLogger("Gantry.Worklist");
        (IEngine engine, string place) = await EngineAsync(options, logger, time, cancellationToken).ConfigureAwait(false);
        try
        {
            await Migrator.UpgradeAsync(engine, place, logger, time, cancellationToken).ConfigureAwait(false);
            Log.StoreOpened(logger, engine.Dialect.Name, place, Migrator.Newest);
            var store = new WorklistStore(engine, options.StatusTargets, time, (engine as PostgresEngine)?.News(logger, time));
            if (options.HearsOthers) store.HearOthers();
            return store;
        }
        catch
        {
            await engine.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static async Task<(IEngine Engine, string Place)> EngineAsync(
        WorklistStoreOptions options, ILogger logger, TimeProvider time, CancellationToken cancellationToken)
    {
        if (options.SqlitePath is { Length: > 0 } path)
            return (
                await SqliteEngine.OpenAsync(path, options, logger, time, cancellationToken).ConfigureAwait(false),
                Path.GetFullPath(path));
        var postgres = new PostgresEngine(options.Postgres!);
        try
        {
            await PostgresVersion.RequireAsync(postgres, cancellationToken).ConfigureAwait(false);
            return (postgres, postgres.Place);
        }
        catch
        {
            await postgres.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
