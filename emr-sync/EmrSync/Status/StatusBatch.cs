using System.Data;
using System.Data.Common;
using Gantry.Odbc;

namespace Gantry.EmrSync.Status;

/// <summary>Statuses on their way through one connection, in as few transactions as the EMR allows.</summary>
internal sealed class StatusBatch : IDisposable
{
    /// <summary>So many refusals one after the other say that it is not the orders: a table is missing, a right, a disk is full.</summary>
    private const int MostRefusalsInRow = 10;

    /// <summary>A lock in the EMR is not waited for longer, whatever the query for orders may take.</summary>
    private const int LongestStatementSeconds = 30;

    /// <summary>After this no further statement is begun; what is left is told with the next batch.</summary>
    private static readonly TimeSpan LongestTime = TimeSpan.FromSeconds(20);

    /// <summary>Beginning and ending a transaction; a driver that waits longer is left behind with its connection.</summary>
    private static readonly TimeSpan LongestTransaction = TimeSpan.FromSeconds(20);

    private readonly OdbcConnection _connection;
    private readonly OdbcCommand _command;
    private readonly IReadOnlyList<StatusWrite> _writes;
    private readonly StatusResult[] _results;
    private readonly TimeProvider _time;
    private readonly long _begun;
    private EmrSyncException? _failure;
    private int _refusalsInRow;

    public StatusBatch(
        OdbcConnection connection, EmrSyncOptions options, IReadOnlyList<StatusWrite> writes, StatusResult[] results, TimeProvider time,
        bool hasTransactions)
    {
        (_connection, _writes, _results, _time, HasTransactions) = (connection, writes, results, time, hasTransactions);
        _begun = time.GetTimestamp();
        _command = new OdbcCommand(options.StatusUpdate, connection)
        {
            CommandTimeout = Math.Min(options.CommandTimeoutSeconds, LongestStatementSeconds),
        };
        _command.Parameters.AddWithValue("status", "");
        _command.Parameters.AddWithValue("order_key", "");
        _command.Parameters.AddWithValue("accession_number", "");
    }

    /// <summary>False once the driver has said that it has none.</summary>
    public bool HasTransactions { get; private set; }

    private bool IsOver => _failure is not null || _refusalsInRow >= MostRefusalsInRow || _time.GetElapsedTime(_begun) > LongestTime;

    /// <summary>Tells them; null unless the EMR has gone.</summary>
    public async Task<EmrSyncException?> RunAsync(CancellationToken cancellationToken)
    {
        for (int next = 0; next < _writes.Count && (next == 0 || !IsOver);)
            next = await TellAsync(next, _writes.Count, cancellationToken).ConfigureAwait(false);
        return _failure;
    }

    public void Dispose() => _command.Dispose();

    /// <summary>Tells those from the first on, up to the first that is refused; the result is the first after that.</summary>
    private async Task<int> TellAsync(int first, int end, CancellationToken cancellationToken)
    {
        var rows = new List<int>(end - first);
        DbTransaction? transaction = null;
        try
        {
            transaction = await BeginAsync(cancellationToken).ConfigureAwait(false);
            // At least one, so that every batch gets on
            for (int at = first; at < end && (at == first || !IsOver); at++)
                rows.Add(await ExecuteAsync(_writes[at], cancellationToken).ConfigureAwait(false));
            if (transaction is not null)
                await InTimeAsync(async clock => { await transaction.CommitAsync(clock).ConfigureAwait(false); return true; }, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // Whether it was committed nobody knows; it is told again
            _failure = new EmrSyncException("write", FormattableString.Invariant($"The EMR did not begin or end a transaction within {LongestTransaction.TotalSeconds} s."));
            return end;
        }
        catch (OdbcException refused)
        {
            if (transaction is not null) await RollbackAsync(transaction).ConfigureAwait(false);
            return await GoOnWithoutAsync(refused, first, rows, transaction is not null, cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidOperationException wrong) when (_connection.State == ConnectionState.Open)
        {
            Refuse(first, $"EmrSync:StatusUpdate cannot be used: {wrong.Message} The parameters are @status, @order_key and @accession_number.");
            return first + 1;
        }
        finally
        {
            if (transaction is not null) await transaction.DisposeAsync().ConfigureAwait(false);
        }
        for (int told = 0; told < rows.Count; told++) Told(first + told, rows[told]);
        return first + rows.Count;
    }

    /// <summary>One was refused, and with it all of its transaction: those before it go without it.</summary>
    private async Task<int> GoOnWithoutAsync(
        OdbcException refused, int first, List<int> rows, bool wasTransaction, CancellationToken cancellationToken)
    {
        int culprit = first + rows.Count;
        bool isGone = refused.IsConnectionLost || refused.IsTimeout || _connection.State != ConnectionState.Open;
        if (isGone) _failure = new EmrSyncException("write", StatusRefusal.Reason(refused), refused);
        if (!wasTransaction)
        {
            for (int told = 0; told < rows.Count; told++) Told(first + told, rows[told]);
        }
        if (refused.Phase == "Committing")
        {
            // The commit itself. Nobody knows what came of it if the connection went; else each alone shows which it is
            if (isGone) return culprit;
            if (rows.Count <= 1) Refuse(first, StatusRefusal.Reason(refused));
            for (int alone = first; rows.Count > 1 && alone < culprit && !IsOver; alone++)
                await TellAsync(alone, alone + 1, cancellationToken).ConfigureAwait(false);
            return Math.Max(culprit, first + 1);
        }
        // Also where the EMR went away with it: a statement that kills its connection must not be the first one for ever
        Refuse(culprit, StatusRefusal.Reason(refused));
        for (int next = first; wasTransaction && next < culprit && !IsOver;)
            next = await TellAsync(next, culprit, cancellationToken).ConfigureAwait(false);
        return culprit + 1;
    }

    private void Told(int index, int rows)
    {
        _results[index] = new StatusResult.Told(rows);
        _refusalsInRow = 0;
    }

    private void Refuse(int index, string reason)
    {
        _results[index] = new StatusResult.Refused(reason);
        _refusalsInRow++;
    }

    private async Task<int> ExecuteAsync(StatusWrite write, CancellationToken cancellationToken)
    {
        _command.Parameters["status"].Value = write.Word;
        _command.Parameters["order_key"].Value = write.OrderKey;
        _command.Parameters["accession_number"].Value = write.AccessionNumber;
        return await _command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<DbTransaction?> BeginAsync(CancellationToken cancellationToken)
    {
        if (!HasTransactions) return null;
        try
        {
            return await InTimeAsync(clock => _connection.BeginTransactionAsync(clock).AsTask(), cancellationToken).ConfigureAwait(false);
        }
        catch (OdbcException none) when (none.SqlState is "HYC00" or "IM001")
        {
            HasTransactions = false;
            return null;
        }
    }

    /// <exception cref="TimeoutException">The driver did not come back.</exception>
    private async Task<T> InTimeAsync<T>(Func<CancellationToken, Task<T>> step, CancellationToken cancellationToken)
    {
        using var clock = new CancellationTokenSource(LongestTransaction, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(clock.Token, cancellationToken);
        try
        {
            return await step(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException("The driver did not come back.", late);
        }
    }

    private async Task RollbackAsync(DbTransaction transaction)
    {
        using var clock = new CancellationTokenSource(LongestTransaction, _time);
        try
        {
            await transaction.RollbackAsync(clock.Token).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is OdbcException or InvalidOperationException or OperationCanceledException)
        {
            // The connection went, and the transaction with it; the next statement says so
        }
    }
}
