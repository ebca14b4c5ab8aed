using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Gantry.Odbc.Native;
using Gantry.Odbc.Running;

namespace Gantry.Odbc;

/// <summary>
/// A connection through the ODBC driver manager. Made from a connection string it is a connection of its own; made by an
/// <see cref="OdbcDataSource"/> it comes from a pool. It runs one statement at a time: close a reader before the next command.
/// Not safe for use by several threads at once, except <see cref="DbCommand.Cancel"/>.
/// </summary>
public sealed class OdbcConnection : DbConnection
{
    private static readonly TimeSpan LoginGrace = TimeSpan.FromSeconds(1);

    private readonly OdbcDataSource? _dataSource;
    private readonly HashSet<StatementHandle> _prepared = [];
    private string _connectionString = "";
    private OdbcLink? _link;
    private StatementRun? _running;
    private ConnectionState _state = ConnectionState.Closed;
    private bool _wasOpened;

    /// <summary>A closed connection without connection string.</summary>
    public OdbcConnection()
    {
    }

    /// <summary>A closed connection.</summary>
    /// <param name="connectionString">As the driver wants it: <c>Driver={...};Server=...;UID=...;PWD=...</c></param>
    /// <param name="timeProvider">The clock of time-outs; the system's by default.</param>
    public OdbcConnection(string? connectionString, TimeProvider? timeProvider = null)
    {
        _connectionString = connectionString ?? "";
        Time = timeProvider ?? TimeProvider.System;
    }

    internal OdbcConnection(OdbcDataSource dataSource)
    {
        (_dataSource, _connectionString, Time) = (dataSource, dataSource.FullConnectionString, dataSource.Time);
        LoginTimeout = dataSource.Options.ConnectTimeout;
    }

    /// <summary>The connection string; once the connection has been opened, with secrets as ***.</summary>
    [AllowNull]
    public override string ConnectionString
    {
        get => _wasOpened || _dataSource is not null ? OdbcConnectionStringBuilder.Mask(_connectionString) : _connectionString;
        set
        {
            if (_link is not null || _dataSource is not null)
                throw new InvalidOperationException("The connection string of an open connection, or of one from a data source, cannot be changed.");
            (_connectionString, _wasOpened) = (value ?? "", false);
        }
    }

    /// <summary>How long connecting may take; 15 s by default. Zero: as long as the driver wants.</summary>
    public TimeSpan LoginTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Seconds of <see cref="LoginTimeout"/>.</summary>
    public override int ConnectionTimeout => (int)Math.Ceiling(LoginTimeout.TotalSeconds);

    /// <summary>The database in use; before opening, the one in the connection string, or nothing.</summary>
    public override string Database => _link?.Info(InfoKind.DatabaseName) ?? new OdbcConnectionStringBuilder(_connectionString).Text("Database");

    /// <summary>The server's name as the driver tells it; before opening, the one in the connection string.</summary>
    public override string DataSource => _link?.Info(InfoKind.ServerName) ?? new OdbcConnectionStringBuilder(_connectionString).Text("Server");

    /// <summary>Name of the database product: "Microsoft SQL Server", "PostgreSQL", "SQLite".</summary>
    /// <exception cref="InvalidOperationException">The connection is not open.</exception>
    public string ServerProduct => Link.Info(InfoKind.DbmsName);

    /// <summary>Version of the database product.</summary>
    /// <exception cref="InvalidOperationException">The connection is not open.</exception>
    public override string ServerVersion => Link.Info(InfoKind.DbmsVersion);

    /// <summary>File name of the driver.</summary>
    /// <exception cref="InvalidOperationException">The connection is not open.</exception>
    public string DriverName => Link.Info(InfoKind.DriverName);

    /// <summary>Closed, Open, Connecting, or Broken when the server is known to be gone; a broken one is closed and opened again.</summary>
    public override ConnectionState State => _state;

    internal TimeProvider Time { get; } = TimeProvider.System;

    internal int DefaultCommandTimeout => _dataSource?.Options.CommandTimeoutSeconds ?? OdbcCommand.DefaultTimeoutSeconds;

    internal OdbcTransaction? Transaction { get; set; }

    /// <exception cref="InvalidOperationException">The connection is not open.</exception>
    /// <exception cref="OdbcException">It was lost.</exception>
    internal OdbcLink Link => _link switch
    {
        null => throw new InvalidOperationException("The connection is not open."),
        { IsBroken: true } => throw new OdbcException("Using the connection", [new OdbcError("08003", 0, "It was lost before; close it and open another.")]),
        var link => link,
    };

    /// <inheritdoc/>
    protected override DbProviderFactory DbProviderFactory => OdbcFactory.Instance;

    /// <summary>Opens the connection.</summary>
    /// <exception cref="OdbcException">It did not work, or took longer than <see cref="LoginTimeout"/> (HYT00).</exception>
    /// <exception cref="InvalidOperationException">It is open already, or there is no connection string.</exception>
    public override void Open() => OpenAsync(CancellationToken.None).GetAwaiter().GetResult();

    /// <inheritdoc cref="Open"/>
    public override async Task OpenAsync(CancellationToken cancellationToken)
    {
        if (_state != ConnectionState.Closed) throw new InvalidOperationException($"The connection is {_state} already; close it first.");
        if (_connectionString.Length == 0) throw new InvalidOperationException("The connection has no connection string.");
        Change(ConnectionState.Connecting);
        try
        {
            _link = _dataSource is null
                ? await ConnectAsync(_connectionString, LoginTimeout, Time, cancellationToken).ConfigureAwait(false)
                : await _dataSource.RentAsync(cancellationToken).ConfigureAwait(false);
            _wasOpened = true;
        }
        finally
        {
            Change(_link is null ? ConnectionState.Closed : ConnectionState.Open);
        }
    }

    /// <summary>
    /// Closes the connection: an open reader is given up, an open transaction rolled back. One from a data source goes back to the pool.
    /// </summary>
    public override void Close()
    {
        if (_link is not { } link) return;
        _running?.Dispose();
        Transaction?.RollbackQuietly();
        foreach (StatementHandle statement in _prepared) statement.Dispose();
        _prepared.Clear();
        _link = null;
        if (_dataSource is null) link.Dispose();
        else _dataSource.Return(link);
        Change(ConnectionState.Closed);
    }

    /// <summary>Closes the connection; off this thread, since disconnecting may wait for the server.</summary>
    public override Task CloseAsync() => _link is null ? Task.CompletedTask : Task.Run(Close);

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await CloseAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Makes another database of the server current.</summary>
    /// <exception cref="OdbcException">The driver cannot, or the database is not there.</exception>
    public override void ChangeDatabase(string databaseName)
    {
        // The next user of the pool expects the database of the connection string
        Link.Spoil();
        Link.SetAttribute(ConnectionAttribute.CurrentCatalog, databaseName, "Changing the database");
    }

    /// <inheritdoc cref="DbConnection.CreateCommand"/>
    public new OdbcCommand CreateCommand() => new() { Connection = this, CommandTimeout = DefaultCommandTimeout };

    /// <summary>Connects on a thread of the pool, so that a driver that never returns keeps only that thread.</summary>
    internal static async Task<OdbcLink> ConnectAsync(string connectionString, TimeSpan timeout, TimeProvider time, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Task<OdbcLink> connecting = Task.Run(() => OdbcLink.Open(connectionString, timeout, time.GetTimestamp()), CancellationToken.None);
        try
        {
            TimeSpan longest = timeout > TimeSpan.Zero ? timeout + LoginGrace : Timeout.InfiniteTimeSpan;
            return await connecting.WaitAsync(longest, time, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception gaveUp) when (gaveUp is TimeoutException or OperationCanceledException && !connecting.IsCompleted)
        {
            // Whatever it still becomes is closed when it is there
            _ = connecting.ContinueWith(static late =>
            {
                if (late.IsCompletedSuccessfully) late.Result.Dispose();
                else _ = late.Exception;
            }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            if (gaveUp is OperationCanceledException) throw;
            throw new OdbcException("Connecting", [new OdbcError("HYT00", 0, $"Login time-out: no answer within {timeout.TotalSeconds} s.")]);
        }
    }

    internal void Begin(StatementRun run)
    {
        if (_running is not null)
            throw new InvalidOperationException("The connection still runs another statement: close its reader first (one statement at a time).");
        _running = run;
    }

    internal void End(StatementRun run)
    {
        if (_running == run) _running = null;
    }

    internal void Keep(StatementHandle prepared) => _prepared.Add(prepared);

    internal void Forget(StatementHandle prepared)
    {
        prepared.Dispose();
        _prepared.Remove(prepared);
    }

    internal void NoticeState()
    {
        if (_link is { IsBroken: true }) Change(ConnectionState.Broken);
    }

    /// <inheritdoc/>
    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel)
    {
        if (Transaction is not null) throw new InvalidOperationException("The connection has a transaction already; ODBC does not nest them.");
        if (_running is not null) throw new InvalidOperationException("The connection still runs a statement: close its reader first.");
        return Transaction = OdbcTransaction.Begin(this, isolationLevel);
    }

    /// <summary>Begins a transaction off this thread, since some drivers tell the server at once. Cancelled meanwhile, the connection is Broken.</summary>
    protected override async ValueTask<DbTransaction> BeginDbTransactionAsync(IsolationLevel isolationLevel, CancellationToken cancellationToken)
    {
        Task<DbTransaction> call = Task.Run(() => BeginDbTransaction(isolationLevel), cancellationToken);
        try
        {
            return await call.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!call.IsCompleted)
        {
            _link?.Abandon(call);
            NoticeState();
            throw;
        }
    }

    /// <inheritdoc/>
    protected override DbCommand CreateDbCommand() => CreateCommand();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) Close();
        base.Dispose(disposing);
    }

    private void Change(ConnectionState state)
    {
        ConnectionState before = _state;
        _state = state;
        if (before != state) OnStateChange(new StateChangeEventArgs(before, state));
    }
}
