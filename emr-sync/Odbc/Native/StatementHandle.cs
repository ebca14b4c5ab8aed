namespace Gantry.Odbc.Native;

/// <summary>A statement's handle, with the one thing that may be done from another thread: cancelling.</summary>
internal sealed class StatementHandle(ConnectionHandle connection) : OdbcHandle(HandleKind.Statement, connection)
{
    private const ushort CloseCursor = 0;
    private const ushort ResetParameters = 3;

    // IM001: this driver manager or driver has no SQLCancelHandle
    private static volatile bool _cancelHandleIsMissing;

    /// <summary>Asks the driver to give up what it is doing for this statement. May block while the driver reaches the server.</summary>
    public void Cancel()
    {
        try
        {
            if (!_cancelHandleIsMissing)
            {
                if (OdbcFunctions.SQLCancelHandle(HandleKind.Statement, this) != SqlReturn.Error) return;
            }
        }
        catch (EntryPointNotFoundException)
        {
            _cancelHandleIsMissing = true;
        }
        catch (ObjectDisposedException)
        {
            return;
        }
        OdbcFunctions.SQLCancel(this);
    }

    /// <summary>Closes the cursor and forgets bound parameters, so that a prepared statement can run again.</summary>
    public void Reset()
    {
        OdbcFunctions.SQLFreeStmt(this, CloseCursor);
        OdbcFunctions.SQLFreeStmt(this, ResetParameters);
    }
}
