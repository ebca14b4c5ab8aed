using Microsoft.Extensions.Logging;
using Npgsql;

namespace Gantry.Worklist.Engines.Postgres;

/// <summary>
/// A PostgreSQL database shared by several sidecars; the server groups commits and locks rows. A list holds its connection for
/// as long as its reader is slow, so lists have a pool of their own, and a step that is to be written never waits for them.
/// </summary>
internal sealed class PostgresEngine : IEngine
{
    private const int Attempts = 3;

    // A server takes 100 connections unless told otherwise, some of them for its superuser
    private const int UsualConnections = 80;
    private const int MostForTransactions = 20;

    private readonly NpgsqlDataSource _transactions;
    private readonly NpgsqlDataSource _lists;
    private readonly NpgsqlDataSource _news;
    private readonly string _place;

    /// <summary>What a gateway's connections are called where the connection string gives no Application Name.</summary>
    public const string UsualName = "gantry-worklist";

    public PostgresEngine(string connectionString, string? name = null)
    {
        var builder = Parse(connectionString);
        if (name is not null) builder.ApplicationName = name;
        if (builder.MaxAutoPrepare == 0) (builder.MaxAutoPrepare, builder.AutoPrepareMinUsages) = (64, 2);
        if (string.IsNullOrEmpty(builder.ApplicationName)) builder.ApplicationName = UsualName;
        _place = $"{builder.Host}:{builder.Port}/{builder.Database}";
        (int transactions, int lists) = Shares(builder);
        _transactions = Pool(builder, transactions);
        _lists = Pool(builder, lists);
        // One that listens and one that tells: they wait for nobody, and nobody for them
        _news = Pool(builder, 2);
    }

    /// <summary>How many of the connections that the connection string allows go to transactions and to lists.</summary>
    internal static (int Transactions, int Lists) Shares(NpgsqlConnectionStringBuilder settings)
    {
        int connections = settings.ShouldSerialize("Maximum Pool Size") ? settings.MaxPoolSize : UsualConnections;
        int transactions = Math.Clamp(connections / 4, 1, MostForTransactions);
        return (transactions, Math.Max(1, connections - transactions));
    }

    private static NpgsqlDataSource Pool(NpgsqlConnectionStringBuilder settings, int size) =>
        NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(settings.ConnectionString)
        {
            MaxPoolSize = size,
            MinPoolSize = Math.Min(settings.MinPoolSize, size),
        });

    // What Npgsql says of it may repeat a part of it, and a password may be in it
    private static NpgsqlConnectionStringBuilder Parse(string connectionString)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(connectionString);
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            throw new WorklistStoreException(
                WorklistStoreFailure.CannotOpen,
                "The connection string of the worklist's PostgreSQL (Worklist:Postgres) cannot be read. "
                    + "It has the form Host=...;Database=...;Username=...;Password=...");
        }
    }

    public Dialect Dialect => Dialect.Postgres;

    /// <summary>News of the outbox between the processes that use this database.</summary>
    public OutboxNews News(ILogger logger, TimeProvider time) => new(_news, logger, time);

    /// <summary>Host, port and database, without user and password.</summary>
    public string Place => _place;

    public async Task<T> WriteAsync<T>(Func<ISession, ValueTask<T>> work, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await InTransactionAsync(work, cancellationToken).ConfigureAwait(false);
            }
            catch (PostgresException e) when (attempt < Attempts
                && e.SqlState is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure)
            {
                // The server undid everything so that another could go on; it is our turn again.
            }
            catch (NpgsqlException e)
            {
                throw PostgresErrors.Explain(_place, e);
            }
        }
    }

    public async Task<T> ReadAsync<T>(Func<ISession, ValueTask<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await InTransactionAsync(work, cancellationToken).ConfigureAwait(false);
        }
        catch (NpgsqlException e)
        {
            throw PostgresErrors.Explain(_place, e);
        }
    }

    public ValueTask<IWorklistCursor> OpenCursorAsync(WorklistCriteria criteria, CancellationToken cancellationToken) =>
        PostgresCursor.OpenAsync(_lists, _place, criteria, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _news.DisposeAsync().ConfigureAwait(false);
        await _lists.DisposeAsync().ConfigureAwait(false);
        await _transactions.DisposeAsync().ConfigureAwait(false);
    }

    private async Task<T> InTransactionAsync<T>(Func<ISession, ValueTask<T>> work, CancellationToken cancellationToken)
    {
        NpgsqlConnection connection = await _transactions.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
            await using (transaction.ConfigureAwait(false))
            {
                T result = await work(new PostgresSession(connection, cancellationToken)).ConfigureAwait(false);
                // Once asked to commit, the answer is waited for: the caller must know what is on disk.
                await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
                return result;
            }
        }
    }
}
