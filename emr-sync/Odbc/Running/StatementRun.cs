using Gantry.Odbc.Native;
using Gantry.Odbc.Writing;

namespace Gantry.Odbc.Running;

/// <summary>
/// One execution of a statement, from the first call until everything it returned has been read or given up. A connection has
/// one at a time (no MARS, odbc-facts 3).
/// </summary>
internal sealed class StatementRun : IDisposable
{
    private const int QueryTimeout = 0;

    /// <summary>In seconds; timers do not reach further than 49 days.</summary>
    private const int LongestTimeout = 40 * 86400;

    private readonly OdbcConnection _connection;
    private readonly bool _isPrepared;
    private readonly string _sql;
    private readonly int _timeoutSeconds;
    private ParameterBuffer? _parameters;

    public StatementRun(OdbcConnection connection, StatementHandle statement, string sql, bool isPrepared, int timeoutSeconds)
    {
        _connection = connection;
        Link = connection.Link;
        Statement = statement;
        _sql = sql;
        _isPrepared = isPrepared;
        _timeoutSeconds = Math.Min(timeoutSeconds, LongestTimeout);
        connection.Begin(this);
    }

    public OdbcLink Link { get; }

    public StatementHandle Statement { get; }

    /// <summary>Whether it has ended, also by its connection being closed.</summary>
    public bool IsDisposed { get; private set; }

    /// <summary>Rows changed by the statements so far; -1 if the server told nothing.</summary>
    public int RecordsAffected { get; private set; } = -1;

    /// <summary>Starts the statement. Blocks; call through <see cref="Call"/> or <see cref="CallAsync"/>.</summary>
    public unsafe void Execute(ReadOnlyMemory<BoundValue> values)
    {
        // The guard's timer comes first; this is for drivers that cannot be cancelled from another thread. Some lack it
        if (_timeoutSeconds > 0) OdbcFunctions.SQLSetStmtAttrW(Statement, QueryTimeout, _timeoutSeconds + 1, 0);
        _parameters = ParameterBuffer.Bind(Statement, values.Span);
        SqlReturn code;
        if (_isPrepared)
        {
            code = OdbcFunctions.SQLExecute(Statement);
        }
        else
        {
            fixed (char* text = _sql) code = OdbcFunctions.SQLExecDirectW(Statement, text, _sql.Length);
        }
        // No data: an update that found no row
        if (!code.IsSuccess() && code != SqlReturn.NoData) throw Diagnostics.Failure("Running the statement", Statement);
    }

    /// <summary>Only looks at the statement, without running it.</summary>
    public void Prepare() => Prepare(Statement, _sql);

    public static unsafe void Prepare(StatementHandle statement, string sql)
    {
        SqlReturn code;
        fixed (char* text = sql) code = OdbcFunctions.SQLPrepareW(statement, text, sql.Length);
        if (!code.IsSuccess()) throw Diagnostics.Failure("Preparing the statement", statement);
    }

    /// <summary>Goes on to the next result that has columns, the current one included if <paramref name="fromCurrent"/>.</summary>
    /// <returns>Its number of columns; 0 when there is no result left.</returns>
    public int AdvanceToColumns(bool fromCurrent)
    {
        while (true)
        {
            if (!fromCurrent)
            {
                SqlReturn more = OdbcFunctions.SQLMoreResults(Statement);
                if (more == SqlReturn.NoData) return 0;
                if (!more.IsSuccess()) throw Diagnostics.Failure("Going to the next result", Statement);
            }
            fromCurrent = false;
            int columns = ColumnCount();
            if (columns > 0) return columns;
            if (OdbcFunctions.SQLRowCount(Statement, out nint changed).IsSuccess() && changed >= 0)
                RecordsAffected = Math.Max(0, RecordsAffected) + (int)Math.Min(changed, int.MaxValue);
        }
    }

    public int ColumnCount()
    {
        if (!OdbcFunctions.SQLNumResultCols(Statement, out short columns).IsSuccess())
            throw Diagnostics.Failure("Counting the columns", Statement);
        return columns;
    }

    /// <summary>Makes native calls on this thread, stopped by the command's time-out.</summary>
    public T Call<T>(Func<T> work)
    {
        using var guard = new CallGuard(Link, Statement, _timeoutSeconds, _connection.Time);
        try
        {
            return work();
        }
        catch (OdbcException failure)
        {
            guard.Done();
            throw Reported(guard.Explain(failure, CancellationToken.None));
        }
        finally
        {
            guard.Done();
        }
    }

    /// <summary>Makes native calls on a thread of the pool; returns when they do, or soon after it was cancelled.</summary>
    public async Task<T> CallAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var guard = new CallGuard(Link, Statement, _timeoutSeconds, _connection.Time);
        Task<T> call = Task.Run(() =>
        {
            try
            {
                return work();
            }
            finally
            {
                guard.Done();
                // The driver reads them until here, also when nobody waits any more
                GC.KeepAlive(this);
            }
        }, CancellationToken.None);
        using CancellationTokenRegistration registration =
            cancellationToken.UnsafeRegister(static state => ((CallGuard)state!).Cancel(), guard);
        if (await Task.WhenAny(call, guard.Abandoned).ConfigureAwait(false) != call)
        {
            Link.Abandon(call);
            throw Reported(guard.Explain(null, cancellationToken));
        }
        try
        {
            return await call.ConfigureAwait(false);
        }
        catch (OdbcException failure)
        {
            throw Reported(guard.Explain(failure, cancellationToken));
        }
    }

    /// <summary>Closes the cursor and lets the connection run the next statement. Never throws.</summary>
    public void Dispose()
    {
        if (IsDisposed) return;
        IsDisposed = true;
        if (!_isPrepared) Statement.Dispose();
        else if (!Link.IsAbandoned) Statement.Reset();
        _connection.End(this);
    }

    private Exception Reported(Exception failure)
    {
        _connection.NoticeState();
        return failure;
    }
}
