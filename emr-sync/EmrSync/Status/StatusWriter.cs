using Gantry.Odbc;

namespace Gantry.EmrSync.Status;

/// <summary>
/// Tells the EMR the status of exams, with the statement of <see cref="EmrSyncOptions.StatusUpdate"/>. Many go in one transaction; one
/// that the EMR does not take is left out and the others go without it. Telling the same again does no harm as long as the statement sets
/// a status, as an UPDATE does.
/// </summary>
/// <remarks>
/// Also a single status goes in a transaction of its own: if the EMR answers too late, the statement is never committed, so what is told
/// later by somebody else cannot be overwritten by it.
/// </remarks>
public sealed class StatusWriter : IAsyncDisposable
{
    private readonly EmrSyncOptions _options;
    private readonly TimeProvider _time;
    private readonly OdbcDataSource _emr;
    private bool _hasTransactions = true;

    /// <summary>Makes one; it connects when it is needed.</summary>
    /// <param name="options">The EMR, and what it is told.</param>
    /// <param name="time">The clock of time-outs.</param>
    public StatusWriter(EmrSyncOptions options, TimeProvider time)
    {
        (_options, _time) = (options, time);
        _emr = new OdbcDataSource(options.ConnectionString,
            new OdbcDataSourceOptions { MaximumConnections = 1, ConnectTimeout = options.ConnectTimeout }, time);
    }

    /// <summary>Tells statuses, each of another order. One call at a time; it takes about a minute at most.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled; what was not committed is undone.</exception>
    public async Task<StatusResults> WriteAsync(IReadOnlyList<StatusWrite> writes, CancellationToken cancellationToken)
    {
        for (bool isSecond = false; ; isSecond = true)
        {
            var results = new StatusResult[writes.Count];
            Array.Fill(results, new StatusResult.NotTold());
            OdbcConnection connection;
            try
            {
                connection = await _emr.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (OdbcException refused)
            {
                return new StatusResults(results, EmrSyncException.Of("connect", refused));
            }
            await using (connection.ConfigureAwait(false))
            {
                using var batch = new StatusBatch(connection, _options, writes, results, _time, _hasTransactions);
                EmrSyncException? failure = await batch.RunAsync(cancellationToken).ConfigureAwait(false);
                _hasTransactions = batch.HasTransactions;
                if (failure is null) return new StatusResults(results, null);
                // A connection of the pool may have died long ago, and only the first statement notices
                if (isSecond || failure.InnerException is not OdbcException { IsConnectionLost: true } || results.Any(static result => result is StatusResult.Told))
                    return new StatusResults(results, failure);
            }
            _emr.Clear();
        }
    }

    /// <summary>Tries the statement for a key that no order has, and undoes it, so that nothing is told.</summary>
    /// <exception cref="EmrSyncException">The EMR cannot be reached, or refuses the statement.</exception>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            OdbcConnection connection = await _emr.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            await using (connection.ConfigureAwait(false))
            {
                var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
                await using (transaction.ConfigureAwait(false))
                {
                    using var command = new OdbcCommand(_options.StatusUpdate, connection) { CommandTimeout = _options.CommandTimeoutSeconds };
                    command.Parameters.AddWithValue("status", _options.Statuses.Values.First(static word => word.Length > 0));
                    command.Parameters.AddWithValue("order_key", "0");
                    command.Parameters.AddWithValue("accession_number", "0");
                    await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
                    await transaction.RollbackAsync(cancellationToken).ConfigureAwait(false);
                }
            }
        }
        catch (OdbcException refused)
        {
            throw new EmrSyncException("status", $"The EMR refuses EmrSync:StatusUpdate: {StatusRefusal.Reason(refused)}", refused);
        }
        catch (InvalidOperationException wrong)
        {
            throw new EmrSyncException("status",
                $"EmrSync:StatusUpdate cannot be used: {wrong.Message} The parameters are @status, @order_key and @accession_number.", wrong);
        }
    }

    /// <summary>Closes the connection.</summary>
    public ValueTask DisposeAsync() => _emr.DisposeAsync();
}
