namespace Gantry.Odbc.Native;

/// <summary>A statement's handle, with the one thing that may be done from another thread: cancelling.</summary>
internal sealed class StatementHandle(ConnectionHandle connection) : OdbcHandle(HandleKind.Statement, connection)
{
    private const ushort CloseCursor = 0;
    private const ushort ResetParameters = 3;

    private static volatile bool _cancelHandleIsMissing;

    /// <summary>Asks the driver to give up what it is doing for this statement. May block while the driver reaches the server.</summary>
    public void Cancel()
    {
        try
        {
            if (!TryCancelHandle()) OdbcFunctions.SQLCancel(this);
        }
        catch (ObjectDisposedException)
        {
            // It has ended by itself
        }
    }

    private bool TryCancelHandle()
    {
        if (_cancelHandleIsMissing) return false;
        try
        {
            // An error is IM001: the driver manager knows it, this driver does not
            return OdbcFunctions.SQLCancelHandle(HandleKind.Statement, this) != SqlReturn.Error;
        }
        catch (EntryPointNotFoundException)
        {
            // A driver manager before ODBC 3.8
            _cancelHandleIsMissing = true;
            return false;
        }
    }

    /// <summary>Closes the cursor and forgets bound parameters, so that a prepared statement can run again.</summary>
    public void Reset()
    {
        OdbcFunctions.SQLFreeStmt(this, CloseCursor);
        OdbcFunctions.SQLFreeStmt(this, ResetParameters);
    }
}
