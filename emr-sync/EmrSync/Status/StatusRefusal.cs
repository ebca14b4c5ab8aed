using Gantry.Odbc;

namespace Gantry.EmrSync.Status;

/// <summary>Why the EMR did not take a status, as a sentence without patient data.</summary>
internal static class StatusRefusal
{
    /// <summary>From here on SQL Server's numbers are those of the EMR's own RAISERROR and THROW.</summary>
    private const int FirstOwnError = 50000;

    /// <summary>
    /// Classes of SQLSTATE whose words speak of connections, rights, tables and columns. What a server says about values, constraints and
    /// in triggers may quote the row, so of others only the number is told.
    /// </summary>
    private static readonly string[] Harmless = ["08", "0A", "28", "40", "42", "53", "55", "57", "HYT", "IM"];

    public static string Reason(OdbcException failure)
    {
        if (failure.Errors.Count == 0) return failure.Message;
        OdbcError error = failure.Errors[0];
        bool isHarmless = error.NativeError < FirstOwnError && Harmless.Any(prefix => error.SqlState.StartsWith(prefix, StringComparison.Ordinal));
        string said = isHarmless ? $"[{error.SqlState}] {error.Message.Trim().TrimEnd('.')}."
            : FormattableString.Invariant($"[{error.SqlState}, native {error.NativeError}]; the EMR's own log has its words.");
        return failure.Advice is { } advice ? $"{said} {advice}" : said;
    }
}
