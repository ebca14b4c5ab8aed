namespace Gantry.Odbc.Native;

/// <summary>A connection's handle; disconnects before it is freed.</summary>
internal sealed class ConnectionHandle(string connectionString) : OdbcHandle(HandleKind.Connection, EnvironmentHandle.Shared)
{
    private const short Rollback = 1;

    /// <summary>Set once SQLDriverConnect has succeeded.</summary>
    public bool IsConnected { get; set; }

    public override string Mask(string text) => OdbcConnectionStringBuilder.Mask(text, connectionString);

    protected override void BeforeFree(nint value)
    {
        if (!IsConnected) return;
        // A transaction left open makes SQLDisconnect refuse with 25000, and the handle would leak
        if (OdbcFunctions.SQLDisconnect(value).IsSuccess()) return;
        OdbcFunctions.SQLEndTranOf(HandleKind.Connection, value, Rollback);
        OdbcFunctions.SQLDisconnect(value);
    }
}
