using System.Data.Common;
using System.Globalization;

namespace Gantry.Odbc;

/// <summary>
/// Driver manager, driver or server refused. The message names the phase, repeats the records and, where the cause is known,
/// says what to change. It never holds the secrets of the connection string.
/// </summary>
public sealed class OdbcException : DbException
{
    internal OdbcException(string message)
        : base(message) => Errors = [];

    internal OdbcException(string phase, IReadOnlyList<OdbcError> errors, Exception? innerException = null)
        : base(Describe(phase, errors), innerException)
    {
        Phase = phase;
        Errors = errors;
    }

    /// <summary>The records, in the driver's order of importance. Empty if the driver manager itself is missing.</summary>
    public IReadOnlyList<OdbcError> Errors { get; }

    /// <summary>What was being done: "Connecting", "Running the statement", "Reading a row".</summary>
    public string Phase { get; } = "";

    /// <summary>SQLSTATE of the first record; null without one.</summary>
    public override string? SqlState => Errors.Count > 0 ? Errors[0].SqlState : null;

    /// <summary>The server's number in the first record; 0 without one.</summary>
    public int NativeError => Errors.Count > 0 ? Errors[0].NativeError : 0;

    /// <summary>
    /// Whether the connection is gone: class 08, PostgreSQL's 57P01 to 57P03, or the driver says so (SQL_ATTR_CONNECTION_DEAD;
    /// FreeTDS tells HY000 only). Open another one.
    /// </summary>
    public bool IsConnectionLost => IsDead || Has("08") || Has("57P0");

    /// <summary>Whether time ran out (HYT00 command or login, HYT01 connection).</summary>
    public bool IsTimeout => Has("HYT");

    /// <summary>Whether the same again may succeed: lost connections, time-outs, serialization failures and deadlocks (class 40).</summary>
    public override bool IsTransient => IsConnectionLost || IsTimeout || Has("40");

    /// <summary>What to change, as a sentence; null if the records say nothing we know.</summary>
    public string? Advice => OdbcAdvice.For(Errors);

    /// <summary>Set where the driver knows the connection to be dead though the records do not say so.</summary>
    internal bool IsDead { get; set; }

    internal bool Has(string sqlStatePrefix)
    {
        foreach (OdbcError error in Errors)
        {
            if (error.SqlState.StartsWith(sqlStatePrefix, StringComparison.Ordinal)) return true;
        }
        return false;
    }

    private static string Describe(string phase, IReadOnlyList<OdbcError> errors)
    {
        if (errors.Count == 0) return $"{phase} failed, and the driver did not say why.";
        string records = string.Join(" | ", errors.Select(static error =>
            string.Create(CultureInfo.InvariantCulture, $"[{error.SqlState}, native {error.NativeError}] {error.Message}")));
        string? advice = OdbcAdvice.For(errors);
        return advice is null ? $"{phase} failed: {records}" : $"{phase} failed: {records} - {advice}";
    }
}
