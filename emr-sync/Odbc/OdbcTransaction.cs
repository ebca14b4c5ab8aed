using System.Data;
using System.Data.Common;
using Gantry.Odbc.Native;
using Gantry.Odbc.Running;

namespace Gantry.Odbc;

/// <summary>A transaction: every command of the connection belongs to it until it ends. Disposing an open one rolls it back.</summary>
public sealed class OdbcTransaction : DbTransaction
{
    private const short CommitIt = 0;
    private const short RollItBack = 1;
    private const nint Off = 0;
    private const nint On = 1;
    private const nint Snapshot = 0x20;

    private readonly OdbcLink _link;
    private readonly uint? _isolationBefore;
    private OdbcConnection? _connection;

    private OdbcTransaction(OdbcConnection connection, IsolationLevel level, uint? isolationBefore)
    {
        (_connection, _link, IsolationLevel, _isolationBefore) = (connection, connection.Link, level, isolationBefore);
    }

    /// <summary>As it was asked for; Unspecified is the server's own.</summary>
    public override IsolationLevel IsolationLevel { get; }

    /// <summary>Null once the transaction has ended.</summary>
    protected override DbConnection? DbConnection => _connection;

    /// <summary>Commits. If this fails with a lost connection, the server may have committed or not.</summary>
    /// <exception cref="OdbcException">The server refused (40001: try the whole transaction again).</exception>
    /// <exception cref="InvalidOperationException">It has ended before.</exception>
    public override void Commit() => End(CommitIt, "Committing");

    /// <inheritdoc cref="Commit"/>
    /// <remarks>
    /// A driver cannot be called back from here. Cancelled while it waits for the server, this returns at once; the connection is Broken
    /// then, and the server may have committed or not.
    /// </remarks>
    public override Task CommitAsync(CancellationToken cancellationToken = default) => EndAsync(Commit, cancellationToken);

    /// <summary>Undoes everything since the beginning.</summary>
    /// <exception cref="OdbcException">The connection was lost; the server undoes it by itself.</exception>
    /// <exception cref="InvalidOperationException">It has ended before.</exception>
    public override void Rollback() => End(RollItBack, "Rolling back");

    /// <inheritdoc cref="Rollback"/>
    /// <remarks>Cancelled while the driver waits for the server, this returns at once; the connection is Broken then.</remarks>
    public override Task RollbackAsync(CancellationToken cancellationToken = default) => EndAsync(Rollback, cancellationToken);

    internal static OdbcTransaction Begin(OdbcConnection connection, IsolationLevel level)
    {
        OdbcLink link = connection.Link;
        uint? before = level == IsolationLevel.Unspecified ? null : link.GetAttribute(ConnectionAttribute.Isolation);
        try
        {
            if (level == IsolationLevel.Snapshot) link.SetAttribute(ConnectionAttribute.ServerIsolation, Snapshot, "Setting the isolation level");
            else if (Number(level) is { } number && number != before)
                link.SetAttribute(ConnectionAttribute.Isolation, (nint)number, "Setting the isolation level");
            link.SetAttribute(ConnectionAttribute.AutoCommit, Off, "Beginning a transaction");
        }
        finally
        {
            connection.NoticeState();
        }
        return new OdbcTransaction(connection, level, before);
    }

    internal void RollbackQuietly()
    {
        if (_connection is null) return;
        try
        {
            Rollback();
        }
        catch (OdbcException)
        {
            // The connection is gone or in doubt, and with it the transaction; the link knows
            _link.Spoil();
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) RollbackQuietly();
        base.Dispose(disposing);
    }

    private async Task EndAsync(Action end, CancellationToken cancellationToken)
    {
        OdbcConnection? connection = _connection;
        Task call = Task.Run(end, cancellationToken);
        try
        {
            await call.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!call.IsCompleted)
        {
            _link.Abandon(call);
            connection?.NoticeState();
            throw;
        }
    }

    private void End(short completion, string phase)
    {
        OdbcConnection connection = _connection ?? throw new InvalidOperationException("The transaction has ended already.");
        if (_link.IsAbandoned)
        {
            Finish(connection);
            throw new OdbcException(phase, [new OdbcError("08S01", 0, "The connection was given up while a statement did not return.")]);
        }
        SqlReturn code = OdbcFunctions.SQLEndTran(HandleKind.Connection, _link.Handle, completion);
        if (!code.IsSuccess())
        {
            OdbcException failure = _link.Failure(phase);
            // A refused commit leaves the transaction open: it can still be rolled back, unless the connection went with it
            if (_link.IsBroken) Finish(connection);
            throw failure;
        }
        Finish(connection);
        _link.SetAttribute(ConnectionAttribute.AutoCommit, On, phase);
        if (_isolationBefore is { } before && Number(IsolationLevel) is { } number && number != before)
            _link.SetAttribute(ConnectionAttribute.Isolation, (nint)before, phase);
    }

    private void Finish(OdbcConnection connection)
    {
        _connection = null;
        connection.Transaction = null;
        // Microsoft's own level has no reading back
        if (IsolationLevel == IsolationLevel.Snapshot) _link.Spoil();
        connection.NoticeState();
    }

    private static uint? Number(IsolationLevel level) => level switch
    {
        IsolationLevel.ReadUncommitted => 1,
        IsolationLevel.ReadCommitted => 2,
        IsolationLevel.RepeatableRead => 4,
        IsolationLevel.Serializable => 8,
        IsolationLevel.Unspecified or IsolationLevel.Snapshot => null,
        IsolationLevel.Chaos => throw new NotSupportedException("ODBC has no isolation level Chaos."),
    };
}
