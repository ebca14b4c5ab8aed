using System.Collections;
using System.Collections.ObjectModel;
using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Gantry.Odbc.Reading;
using Gantry.Odbc.Running;
using Gantry.Odbc.Writing;

namespace Gantry.Odbc;

/// <summary>
/// The results of a command. While it is open its connection runs nothing else. Closing it reads the command to its end, so
/// that all its statements run and their failures are seen.
/// </summary>
[SuppressMessage("Design", "CA1010", Justification = "ADO.NET's base class is not generic")]
public sealed partial class OdbcDataReader : DbDataReader, IDbColumnSchemaGenerator
{
    private readonly OdbcConnection _connection;
    private readonly StatementRun _run;
    private readonly CommandBehavior _behavior;
    private readonly OdbcCommand _command;
    private ResultColumn[] _columns = [];
    private Dictionary<string, int>? _ordinals;
    private IRows? _rows;
    private bool _hasReadAny;
    private bool _isPeeked;
    private bool _peeked;
    private bool _isClosed;
    private bool _isFinished;

    internal OdbcDataReader(OdbcConnection connection, StatementRun run, CommandBehavior behavior, OdbcCommand command) =>
        (_connection, _run, _behavior, _command) = (connection, run, behavior, command);

    /// <summary>Always 0.</summary>
    public override int Depth => 0;

    /// <inheritdoc/>
    public override int FieldCount => _columns.Length;

    /// <inheritdoc/>
    public override bool HasRows
    {
        get
        {
            if (_rows is null || _hasReadAny) return _hasReadAny;
            if (!_isPeeked) (_peeked, _isPeeked) = (Read(), true);
            return _peeked;
        }
    }

    /// <inheritdoc/>
    public override bool IsClosed => _isClosed;

    /// <summary>Rows changed by the statements read so far; -1 if the server told nothing (see <see cref="OdbcCommand.ExecuteNonQuery"/>).</summary>
    public override int RecordsAffected => _run.RecordsAffected;

    /// <inheritdoc/>
    public override bool Read()
    {
        if (TakePeeked(out bool peeked)) return peeked;
        IRows? rows = Rows();
        if (rows is null) return false;
        if (!rows.IsNextAtHand) Native(() => _run.Call(() => Filled(rows)));
        return Advance(rows);
    }

    /// <summary>Goes to the next row. Rows that were read ahead come at once; else it waits on another thread.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; the statement was stopped.</exception>
    public override Task<bool> ReadAsync(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return Task.FromCanceled<bool>(cancellationToken);
        if (_isPeeked || _rows is { IsNextAtHand: true } && !_isClosed) return Task.FromResult(Read());
        return ReadSlowlyAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override bool NextResult()
    {
        CheckOpen();
        if (_isFinished) return false;
        Native(() => _run.Call(() => Describe(fromCurrent: false)));
        return _rows is not null;
    }

    /// <inheritdoc/>
    public override async Task<bool> NextResultAsync(CancellationToken cancellationToken)
    {
        CheckOpen();
        if (_isFinished) return false;
        await NativeAsync(() => _run.CallAsync(() => Describe(fromCurrent: false), cancellationToken)).ConfigureAwait(false);
        return _rows is not null;
    }

    /// <summary>Reads the command to its end and closes.</summary>
    /// <exception cref="OdbcException">A later statement of the command failed.</exception>
    public override void Close()
    {
        if (_isClosed) return;
        try
        {
            // Finished too if the connection was closed under it
            while (!_isFinished && !_run.IsDisposed) NextResult();
        }
        finally
        {
            Abort();
        }
    }

    /// <inheritdoc cref="Close"/>
    public override async Task CloseAsync()
    {
        if (_isClosed) return;
        try
        {
            while (!_isFinished && !_run.IsDisposed) await NextResultAsync(CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            Abort();
        }
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await CloseAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override IEnumerator GetEnumerator() => new DbEnumerator(this, closeReader: false);

    /// <inheritdoc/>
    public ReadOnlyCollection<DbColumn> GetColumnSchema() => ColumnSchema.Of(_columns);

    /// <inheritdoc/>
    public override DataTable GetSchemaTable() => ColumnSchema.TableOf(_columns);

    internal void Start(BoundValue[] values) => Native(() => _run.Call(() => Execute(values)));

    internal Task StartAsync(BoundValue[] values, CancellationToken cancellationToken) =>
        NativeAsync(() => _run.CallAsync(() => Execute(values), cancellationToken));

    /// <summary>Closes without reading on.</summary>
    internal void Abort()
    {
        if (_isClosed) return;
        _isClosed = _isFinished = true;
        _rows = null;
        _run.Dispose();
        _command.Ended(_run);
        if (_behavior.HasFlag(CommandBehavior.CloseConnection)) _connection.Close();
    }

    private bool Execute(BoundValue[] values)
    {
        if (_behavior.HasFlag(CommandBehavior.SchemaOnly))
        {
            _run.Prepare();
            _columns = ResultColumn.Describe(_run.Statement, _run.ColumnCount());
            _isFinished = true;
            return true;
        }
        _run.Execute(values);
        return Describe(fromCurrent: true);
    }

    private bool Describe(bool fromCurrent)
    {
        (_rows, _columns, _ordinals, _isPeeked, _hasReadAny) = (null, [], null, false, false);
        int count = _run.AdvanceToColumns(fromCurrent);
        if (count == 0)
        {
            _isFinished = true;
            return false;
        }
        _columns = ResultColumn.Describe(_run.Statement, count);
        var reader = new RowReader(_run.Statement, _columns);
        _rows = _behavior.HasFlag(CommandBehavior.SequentialAccess) ? new SequentialRows(reader, _columns)
            : new BufferedRows(reader, _columns, _behavior.HasFlag(CommandBehavior.SingleRow));
        return true;
    }

    private async Task<bool> ReadSlowlyAsync(CancellationToken cancellationToken)
    {
        IRows? rows = Rows();
        if (rows is null) return false;
        await NativeAsync(() => _run.CallAsync(() => Filled(rows), cancellationToken)).ConfigureAwait(false);
        return Advance(rows);
    }

    private bool Advance(IRows rows)
    {
        try
        {
            bool hasRow = rows.Next();
            _hasReadAny |= hasRow;
            return hasRow;
        }
        catch (OdbcException failure)
        {
            // It was kept back until the rows before it had been read
            GiveUp();
            _run.Link.Learn(failure);
            _connection.NoticeState();
            throw;
        }
    }

    private static bool Filled(IRows rows)
    {
        rows.Fill();
        return true;
    }

    private bool TakePeeked(out bool peeked)
    {
        peeked = _peeked;
        bool wasPeeked = _isPeeked;
        _isPeeked = false;
        return wasPeeked;
    }

    private IRows? Rows()
    {
        CheckOpen();
        return _rows;
    }

    private void CheckOpen()
    {
        if (_isClosed || _run.IsDisposed) throw new InvalidOperationException("The reader is closed, or its connection.");
    }

    // After a failure nothing more is read, so that Dispose does not fail once more and hide it
    private void GiveUp() => (_isFinished, _rows) = (true, null);

    private void Native(Func<bool> call)
    {
        bool succeeded = false;
        try
        {
            call();
            succeeded = true;
        }
        finally
        {
            if (!succeeded) GiveUp();
        }
    }

    private async Task NativeAsync(Func<Task<bool>> call)
    {
        bool succeeded = false;
        try
        {
            await call().ConfigureAwait(false);
            succeeded = true;
        }
        finally
        {
            if (!succeeded) GiveUp();
        }
    }
}
