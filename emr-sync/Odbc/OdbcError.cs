namespace Gantry.Odbc;

/// <summary>One diagnostic record.</summary>
/// <param name="SqlState">Five characters, ISO 9075 and ODBC appendix A: 42S02, 08S01, HYT00.</param>
/// <param name="NativeError">The server's own number: 18456 is SQL Server's "login failed".</param>
/// <param name="Message">The text in one line, as driver manager, driver or server wrote it.</param>
public sealed record OdbcError(string SqlState, int NativeError, string Message);
