using Npgsql;

namespace Gantry.Cloud.Data;

/// <summary>Tells a database that is away for now from everything else that may be wrong.</summary>
internal static class DatabaseAbsence
{
    /// <summary>Why the database is away; null when something else is wrong.</summary>
    public static string? Reason(Exception error) => error switch
    {
        // 08: connection exception, 57P: operator intervention, 53300: too many connections
        PostgresException { SqlState: var state } refused when state.StartsWith("08", StringComparison.Ordinal)
            || state.StartsWith("57P", StringComparison.Ordinal) || state == PostgresErrorCodes.TooManyConnections => $"{refused.MessageText}.",
        PostgresException => null,
        NpgsqlException away => away.Message,
        { InnerException: { } inner } => Reason(inner),
        _ => null,
    };
}
