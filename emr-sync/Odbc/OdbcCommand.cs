using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Gantry.Odbc.Native;
using Gantry.Odbc.Running;
using Gantry.Odbc.Sql;
using Gantry.Odbc.Writing;

namespace Gantry.Odbc;

/// <summary>
/// SQL with <c>@name</c> parameters (or <c>?</c>, by order), or the name of a stored procedure. A name may be repeated;
/// parameters that the SQL does not name are ignored.
/// </summary>
public sealed class OdbcCommand : DbCommand
{
    /// <summary>Default of <see cref="CommandTimeout"/>, in seconds.</summary>
    public const int DefaultTimeoutSeconds = 30;

    private readonly OdbcParameterCollection _parameters = new();
    private OdbcConnection? _connection;
    private StatementHandle? _prepared;
    private volatile StatementRun? _running;
    private string _text = "";
    private int _timeout = DefaultTimeoutSeconds;

    /// <summary>A command without SQL and connection.</summary>
    public OdbcCommand()
    {
    }

    /// <summary>A command.</summary>
    public OdbcCommand(string text, OdbcConnection connection)
    {
        (_text, _connection) = (text, connection);
        _timeout = connection.DefaultCommandTimeout;
    }

    /// <inheritdoc/>
    [AllowNull]
    public override string CommandText
    {
        get => _text;
        set
        {
            Unprepare();
            _text = value ?? "";
        }
    }

    /// <summary>Seconds until a call to the server is given up with SQLSTATE HYT00; 0: never. Default 30.</summary>
    public override int CommandTimeout
    {
        get => _timeout;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _timeout = value;
        }
    }

    /// <summary>Text or StoredProcedure (ODBC's {call name(?, ...)}, arguments in the order of the parameters).</summary>
    public override CommandType CommandType { get; set; } = CommandType.Text;

    /// <inheritdoc/>
    public override bool DesignTimeVisible { get; set; }

    /// <inheritdoc/>
    public override UpdateRowSource UpdatedRowSource { get; set; } = UpdateRowSource.None;

    /// <summary>The command's parameters.</summary>
    public new OdbcParameterCollection Parameters => _parameters;

    /// <inheritdoc/>
    protected override DbConnection? DbConnection
    {
        get => _connection;
        set
        {
            if (_connection != value) Unprepare();
            _connection = value is null or OdbcConnection ? (OdbcConnection?)value
                : throw new ArgumentException($"An {nameof(OdbcConnection)} is needed here, not {value.GetType().Name}.", nameof(value));
        }
    }

    /// <inheritdoc/>
    protected override DbParameterCollection DbParameterCollection => _parameters;

    /// <summary>For form's sake: a command always belongs to the transaction of its connection.</summary>
    protected override DbTransaction? DbTransaction { get; set; }

    /// <summary>Stops what runs now, from any thread; the call that runs ends with an <see cref="OdbcException"/>.</summary>
    public override void Cancel()
    {
        if (_running is not { } run) return;
        run.Link.Spoil();
        run.Statement.Cancel();
    }

    /// <summary>
    /// Runs the command and reads it to its end.
    /// </summary>
    /// <returns>Rows changed, over all statements; -1 if the server told nothing. With NOCOUNT ON a server tells 0 or nothing
    /// whatever it did (odbc-facts 7).</returns>
    public override int ExecuteNonQuery()
    {
        using OdbcDataReader reader = Run(CommandBehavior.Default);
        reader.Close();
        return reader.RecordsAffected;
    }

    /// <inheritdoc cref="ExecuteNonQuery"/>
    public override async Task<int> ExecuteNonQueryAsync(CancellationToken cancellationToken)
    {
        OdbcDataReader reader = await RunAsync(CommandBehavior.Default, cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            while (await reader.NextResultAsync(cancellationToken).ConfigureAwait(false))
            {
            }
        }
        return reader.RecordsAffected;
    }

    /// <summary>First column of the first row; null without a row, DBNull for NULL.</summary>
    public override object? ExecuteScalar()
    {
        using OdbcDataReader reader = Run(CommandBehavior.SingleRow);
        return reader.Read() ? reader.GetValue(0) : null;
    }

    /// <inheritdoc cref="ExecuteScalar"/>
    public override async Task<object?> ExecuteScalarAsync(CancellationToken cancellationToken)
    {
        OdbcDataReader reader = await RunAsync(CommandBehavior.SingleRow, cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
            return await reader.ReadAsync(cancellationToken).ConfigureAwait(false) ? reader.GetValue(0) : null;
    }

    /// <inheritdoc cref="DbCommand.ExecuteReader()"/>
    public new OdbcDataReader ExecuteReader() => Run(CommandBehavior.Default);

    /// <inheritdoc cref="DbCommand.ExecuteReader(CommandBehavior)"/>
    public new OdbcDataReader ExecuteReader(CommandBehavior behavior) => Run(behavior);

    /// <inheritdoc cref="DbCommand.ExecuteReaderAsync(CancellationToken)"/>
    public new Task<OdbcDataReader> ExecuteReaderAsync(CancellationToken cancellationToken = default) =>
        RunAsync(CommandBehavior.Default, cancellationToken);

    /// <inheritdoc cref="DbCommand.ExecuteReaderAsync(CommandBehavior, CancellationToken)"/>
    public new Task<OdbcDataReader> ExecuteReaderAsync(CommandBehavior behavior, CancellationToken cancellationToken = default) =>
        RunAsync(behavior, cancellationToken);

    /// <summary>Has the server parse the SQL once for many executions with other values.</summary>
    /// <exception cref="OdbcException">The SQL is wrong.</exception>
    public override void Prepare()
    {
        OdbcConnection connection = Open();
        Unprepare();
        var statement = new StatementHandle(connection.Link.Handle);
        try
        {
            StatementRun.Prepare(statement, Positional().Text);
        }
        catch (OdbcException failure)
        {
            statement.Dispose();
            connection.Link.Learn(failure);
            connection.NoticeState();
            throw;
        }
        connection.Keep(statement);
        _prepared = statement;
    }

    /// <inheritdoc/>
    protected override DbParameter CreateDbParameter() => new OdbcParameter();

    /// <inheritdoc/>
    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => Run(behavior);

    /// <inheritdoc/>
    protected override async Task<DbDataReader> ExecuteDbDataReaderAsync(CommandBehavior behavior, CancellationToken cancellationToken) =>
        await RunAsync(behavior, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) Unprepare();
        base.Dispose(disposing);
    }

    private OdbcDataReader Run(CommandBehavior behavior)
    {
        BoundValue[] values = Start(behavior, out OdbcDataReader reader);
        try
        {
            reader.Start(values);
            return reader;
        }
        catch
        {
            reader.Abort();
            throw;
        }
    }

    private async Task<OdbcDataReader> RunAsync(CommandBehavior behavior, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        BoundValue[] values = Start(behavior, out OdbcDataReader reader);
        try
        {
            await reader.StartAsync(values, cancellationToken).ConfigureAwait(false);
            return reader;
        }
        catch
        {
            reader.Abort();
            throw;
        }
    }

    private BoundValue[] Start(CommandBehavior behavior, out OdbcDataReader reader)
    {
        OdbcConnection connection = Open();
        PositionalSql sql = Positional();
        BoundValue[] values = Values(sql);
        bool isPrepared = _prepared is { IsClosed: false };
        StatementHandle statement = isPrepared ? _prepared! : new StatementHandle(connection.Link.Handle);
        StatementRun run;
        try
        {
            run = new StatementRun(connection, statement, sql.Text, isPrepared, _timeout);
        }
        catch
        {
            if (!isPrepared) statement.Dispose();
            throw;
        }
        _running = run;
        reader = new OdbcDataReader(connection, run, behavior, this);
        return values;
    }

    internal void Ended(StatementRun run)
    {
        if (_running == run) _running = null;
    }

    private OdbcConnection Open()
    {
        OdbcConnection connection = _connection ?? throw new InvalidOperationException("The command has no connection.");
        if (_text.Length == 0) throw new InvalidOperationException("The command has no text.");
        _ = connection.Link;
        return connection;
    }

    private PositionalSql Positional()
    {
        if (CommandType == CommandType.Text) return PositionalSql.From(_text, name => _parameters.IndexOf(name) >= 0);
        if (CommandType != CommandType.StoredProcedure) throw new NotSupportedException($"Command type {CommandType} is not supported; use SQL.");
        string marks = string.Join(", ", Enumerable.Repeat("?", _parameters.Count));
        return new PositionalSql($"{{call {_text}({marks})}}", new string?[_parameters.Count]);
    }

    private BoundValue[] Values(PositionalSql sql)
    {
        var values = new BoundValue[sql.Names.Count];
        for (int index = 0; index < values.Length; index++)
        {
            int position = sql.Names[index] is { } name ? _parameters.IndexOf(name) : index;
            if (position >= _parameters.Count)
                throw new InvalidOperationException($"The SQL has {values.Length} ?, but the command only {_parameters.Count} parameters.");
            values[index] = BoundValue.From(_parameters.At(position));
        }
        return values;
    }

    private void Unprepare()
    {
        if (_prepared is null) return;
        _connection?.Forget(_prepared);
        _prepared = null;
    }
}
