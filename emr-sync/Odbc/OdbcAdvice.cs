namespace Gantry.Odbc;

/// <summary>What to change for the mistakes that settings make. One table: the first row that fits any record wins.</summary>
internal static class OdbcAdvice
{
    private static readonly (Func<OdbcError, bool> Fits, string Advice)[] Table =
    [
        (static e => e.Message.Contains("Can't open lib", StringComparison.OrdinalIgnoreCase) || e.SqlState == "IM003",
            "The driver's library is missing or cannot be loaded: install it, or correct the path in Driver={...}."),
        (static e => e.SqlState == "IM002",
            "No driver or data source has this name: correct Driver={...} (a name from odbcinst.ini or the path of a .so file) or DSN=..."),
        (static e => e.SqlState == "28000" || e.SqlState == "28P01" || e.NativeError == 18456
                || e.Message.Contains("authentication failed", StringComparison.OrdinalIgnoreCase)
                || e.Message.Contains("no password supplied", StringComparison.OrdinalIgnoreCase)
                || (e.SqlState == "08001" && e.Message.Contains("role \"", StringComparison.Ordinal)),
            "The server refuses this user or password: correct UID and PWD."),
        (static e => e.SqlState == "08004" || e.NativeError is 4060 or 911
                || (e.SqlState.StartsWith("08", StringComparison.Ordinal) && e.Message.Contains("database \"", StringComparison.Ordinal)
                    && e.Message.Contains("does not exist", StringComparison.Ordinal)),
            "The server does not have this database, or not for this user: correct DATABASE."),
        (static e => e.NativeError == 14 && e.Message.Contains("[SQLite]", StringComparison.Ordinal),
            "The file of DATABASE cannot be opened: correct its path, and let this user read it."),
        (static e => e.SqlState.StartsWith("HYT", StringComparison.Ordinal),
            "The server did not answer in time."),
        (static e => e.SqlState.StartsWith("08", StringComparison.Ordinal),
            "The server cannot be reached, or it ended the connection: check SERVER and PORT, and that it runs."),
        (static e => e.SqlState is "42S02" or "42P01" || e.Message.Contains("no such table", StringComparison.OrdinalIgnoreCase),
            "A table in the SQL does not exist there, or this user may not see it."),
        (static e => e.SqlState is "42S22" or "42703" || e.Message.Contains("no such column", StringComparison.OrdinalIgnoreCase),
            "A column in the SQL does not exist there."),
        (static e => e.SqlState == "42501" || e.NativeError == 229,
            "This user may not do that: grant it on the server."),
    ];

    public static string? For(IReadOnlyList<OdbcError> errors)
    {
        foreach ((Func<OdbcError, bool> fits, string advice) in Table)
        {
            if (errors.Any(fits)) return advice;
        }
        return null;
    }
}
