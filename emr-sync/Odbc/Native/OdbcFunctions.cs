using System.Runtime.InteropServices;

namespace Gantry.Odbc.Native;

/// <summary>
/// The functions of the ODBC driver manager, as they stand in sql.h and sqlext.h. Text is UTF-16 on both sides
/// (SQLWCHAR has two bytes in unixODBC and in Windows). The library is found by <see cref="DriverManagerLibrary"/>.
/// </summary>
internal static unsafe partial class OdbcFunctions
{
    private const string Library = DriverManagerLibrary.Name;

    [LibraryImport(Library)]
    public static partial SqlReturn SQLAllocHandle(HandleKind kind, nint parent, out nint handle);

    [LibraryImport(Library)]
    public static partial SqlReturn SQLFreeHandle(HandleKind kind, nint handle);

    [LibraryImport(Library)]
    public static partial SqlReturn SQLSetEnvAttr(OdbcHandle environment, int attribute, nint value, int length);

    [LibraryImport(Library)]
    public static partial SqlReturn SQLDriverConnectW(OdbcHandle connection, nint window, char* text, short length,
        char* completed, short capacity, out short completedLength, ushort completion);

    [LibraryImport(Library)]
    public static partial SqlReturn SQLDisconnect(nint connection);

    [LibraryImport(Library)]
    public static partial SqlReturn SQLSetConnectAttrW(OdbcHandle connection, ConnectionAttribute attribute, nint value, int length);

    [LibraryImport(Library)]
    public static partial SqlReturn SQLGetConnectAttrW(OdbcHandle connection, ConnectionAttribute attribute, void* value,
        int capacity, out int length);

    [LibraryImport(Library)]
    public static partial SqlReturn SQLGetInfoW(OdbcHandle connection, InfoKind kind, void* value, short capacity, out short length);

    [LibraryImport(Library)]
    public static partial SqlReturn SQLEndTran(HandleKind kind, OdbcHandle handle, short completion);

    [LibraryImport(Library, EntryPoint = "SQLEndTran")]
    public static partial SqlReturn SQLEndTranOf(HandleKind kind, nint handle, short completion);

    [LibraryImport(Library)]
    public static partial SqlReturn SQLSetStmtAttrW(OdbcHandle statement, int attribute, nint value, int length);

    [LibraryImport(Library)]
    public static partial SqlReturn SQLExecDirectW(OdbcHandle statement, char* sql, int length);

    [LibraryImport(Library)]
    public static partial SqlReturn SQLPrepareW(OdbcHandle statement, char* sql, int length);

    [LibraryImport(Library)]
    public static partial SqlReturn SQLExecute(OdbcHandle statement);

    [LibraryImport(Library)]
    public static partial SqlReturn SQLBindParameter(OdbcHandle statement, ushort number, short direction, CType bufferType,
        SqlType type, nuint size, short decimals, void* buffer, nint capacity, nint* indicator);

    [LibraryImport(Library)]
    public static partial SqlReturn SQLNumResultCols(OdbcHandle statement, out short count);

    [LibraryImport(Library)]
    public static partial SqlReturn SQLDescribeColW(OdbcHandle statement, ushort number, char* name, short capacity,
        out short length, out SqlType type, out nuint size, out short decimals, out short nullable);

    [LibraryImport(Library)]
    public static partial SqlReturn SQLColAttributeW(OdbcHandle statement, ushort number, ColumnAttribute attribute, void* text,
        short capacity, out short length, out nint number2);

    [LibraryImport(Library)]
    public static partial SqlReturn SQLRowCount(OdbcHandle statement, out nint count);

    [LibraryImport(Library)]
    public static partial SqlReturn SQLFetch(OdbcHandle statement);

    [LibraryImport(Library)]
    public static partial SqlReturn SQLGetData(OdbcHandle statement, ushort number, CType type, void* buffer, nint capacity,
        out nint indicator);

    [LibraryImport(Library)]
    public static partial SqlReturn SQLMoreResults(OdbcHandle statement);

    [LibraryImport(Library)]
    public static partial SqlReturn SQLFreeStmt(OdbcHandle statement, ushort option);

    [LibraryImport(Library)]
    public static partial SqlReturn SQLCancel(OdbcHandle statement);

    [LibraryImport(Library)]
    public static partial SqlReturn SQLCancelHandle(HandleKind kind, OdbcHandle handle);

    [LibraryImport(Library)]
    public static partial SqlReturn SQLGetDiagRecW(HandleKind kind, OdbcHandle handle, short number, char* sqlState,
        out int nativeError, char* text, short capacity, out short length);
}
