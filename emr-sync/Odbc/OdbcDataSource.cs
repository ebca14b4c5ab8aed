using System.Data.Common;
using Gantry.Odbc.Running;

namespace Gantry.Odbc;

/// <summary>
/// A pool of connections to one server. Connections that died, were cancelled or ran into a time-out are not used again. A
/// session's own state (SET, temporary tables) is not reset between users; transactions are.
/// </summary>
public sealed class OdbcDataSource : DbDataSource
{
    private readonly Lock _gate = new();
    private readonly Stack<OdbcLink> _idle = new();
    private readonly SemaphoreSlim _slots;
    private readonly ITimer _pruning;
    private int _rented;
    private bool _isDisposed;

    /// <summary>A pool; opens nothing yet.</summary>
    /// <param name="connectionString">As the driver wants it.</param>
    /// <param name="options">Limits; defaults when null.</param>
    /// <param name="timeProvider">The clock; the system's by default.</param>
    public OdbcDataSource(string connectionString, OdbcDataSourceOptions? options = null, TimeProvider? timeProvider = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        FullConnectionString = connectionString;
        Options = options ?? new OdbcDataSourceOptions();
        Time = timeProvider ?? TimeProvider.System;
        _slots = new SemaphoreSlim(Options.MaximumConnections, Options.MaximumConnections);
        TimeSpan period = Options.IdleLifetime > TimeSpan.Zero ? Options.IdleLifetime : Timeout.InfiniteTimeSpan;
        _pruning = Time.CreateTimer(static pool => ((OdbcDataSource)pool!).Prune(), this, period, period);
    }

    /// <summary>The connection string with its secrets as ***.</summary>
    public override string ConnectionString => OdbcConnectionStringBuilder.Mask(FullConnectionString);

    /// <summary>Connections in use.</summary>
    public int RentedCount => Volatile.Read(ref _rented);

    /// <summary>Open connections that wait for use.</summary>
    public int IdleCount
    {
        get
        {
            lock (_gate) return _idle.Count;
        }
    }

    internal string FullConnectionString { get; }

    internal OdbcDataSourceOptions Options { get; }

    internal TimeProvider Time { get; }

    /// <inheritdoc cref="DbDataSource.CreateConnection"/>
    public new OdbcConnection CreateConnection() => new(this);

    /// <summary>A connection of the pool, open.</summary>
    /// <exception cref="OdbcException">The server cannot be reached, or all connections stay in use (HYT00).</exception>
    public new async ValueTask<OdbcConnection> OpenConnectionAsync(CancellationToken cancellationToken = default)
    {
        OdbcConnection connection = CreateConnection();
        try
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Closes all idle connections, for instance after the server was restarted.</summary>
    public void Clear()
    {
        List<OdbcLink> links;
        lock (_gate)
        {
            links = [.. _idle];
            _idle.Clear();
        }
        links.ForEach(static link => link.Dispose());
    }

    internal async Task<OdbcLink> RentAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        await WaitForSlotAsync(cancellationToken).ConfigureAwait(false);
        OdbcLink? link = null;
        try
        {
            link = TakeIdle() ?? await OdbcConnection.ConnectAsync(FullConnectionString, Options.ConnectTimeout, Time, cancellationToken)
                .ConfigureAwait(false);
            Interlocked.Increment(ref _rented);
            return link;
        }
        finally
        {
            if (link is null) _slots.Release();
        }
    }

    internal void Return(OdbcLink link)
    {
        bool isKept = false;
        if (!link.IsBroken && !link.IsSpoiled && !IsOld(link) && !link.IsDead())
        {
            link.IdleSince = Time.GetTimestamp();
            lock (_gate)
            {
                isKept = !_isDisposed;
                if (isKept) _idle.Push(link);
            }
        }
        if (!isKept) link.Dispose();
        Interlocked.Decrement(ref _rented);
        _slots.Release();
    }

    /// <inheritdoc/>
    protected override DbConnection CreateDbConnection() => CreateConnection();

    /// <summary>Closes idle connections; those in use are closed when they are given back.</summary>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            lock (_gate) _isDisposed = true;
            _pruning.Dispose();
            Clear();
        }
        base.Dispose(disposing);
    }

    /// <inheritdoc/>
    protected override ValueTask DisposeAsyncCore()
    {
        Dispose(true);
        return base.DisposeAsyncCore();
    }

    private async Task WaitForSlotAsync(CancellationToken cancellationToken)
    {
        if (_slots.Wait(0, CancellationToken.None)) return;
        if (Options.ConnectTimeout <= TimeSpan.Zero)
        {
            await _slots.WaitAsync(cancellationToken).ConfigureAwait(false);
            return;
        }
        using var timeout = new CancellationTokenSource(Options.ConnectTimeout, Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await _slots.WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new OdbcException("Waiting for a connection of the pool", [new OdbcError("HYT00", 0,
                $"All {Options.MaximumConnections} connections stayed in use for {Options.ConnectTimeout.TotalSeconds} s; are readers closed?")]);
        }
    }

    private OdbcLink? TakeIdle()
    {
        while (true)
        {
            OdbcLink? link;
            lock (_gate)
            {
                if (!_idle.TryPop(out link)) return null;
            }
            if (!IsOld(link) && !link.IsDead()) return link;
            link.Dispose();
        }
    }

    private void Prune()
    {
        List<OdbcLink> tooOld;
        lock (_gate)
        {
            List<OdbcLink> all = [.. _idle.Reverse()];
            tooOld = all.FindAll(link => IsOld(link) || Time.GetElapsedTime(link.IdleSince) >= Options.IdleLifetime);
            _idle.Clear();
            foreach (OdbcLink link in all.Except(tooOld)) _idle.Push(link);
        }
        tooOld.ForEach(static link => link.Dispose());
    }

    private bool IsOld(OdbcLink link) => Time.GetElapsedTime(link.OpenedAt) >= Options.Lifetime;
}
