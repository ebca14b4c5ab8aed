using System.Net.Sockets;
using Npgsql;

namespace Gantry.Worklist.Engines.Postgres;

/// <summary>Says in the user's words what PostgreSQL's errors mean, and what to do.</summary>
internal static class PostgresErrors
{
    public static WorklistStoreException Explain(string place, NpgsqlException e)
    {
        string state = (e as PostgresException)?.SqlState ?? "";
        (WorklistStoreFailure failure, string text) = state switch
        {
            PostgresErrorCodes.InvalidCatalogName =>
                (WorklistStoreFailure.CannotOpen, "does not exist. Make it with: createdb NAME."),
            PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
                (WorklistStoreFailure.CannotOpen, "refuses this user or password. Check the connection string."),
            PostgresErrorCodes.InsufficientPrivilege or PostgresErrorCodes.ReadOnlySqlTransaction =>
                (WorklistStoreFailure.ReadOnly,
                    "may not be written by this user. Grant it the right to create and change tables."),
            PostgresErrorCodes.DiskFull =>
                (WorklistStoreFailure.DiskFull, "cannot grow: the disk of the server is full. Make room."),
            PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.QueryCanceled or PostgresErrorCodes.DeadlockDetected =>
                (WorklistStoreFailure.Busy, "is held by another program for too long. The operation can be repeated."),
            // System error, internal error: seen when the disk was full before a connection was made
            _ when state.StartsWith("58", StringComparison.Ordinal) || state.StartsWith("XX", StringComparison.Ordinal) => (WorklistStoreFailure.CannotOpen,
                "is in trouble of its own. The server's log, and the room on its disk, tell more."),
            _ when state.StartsWith("22", StringComparison.Ordinal) || state.StartsWith("23", StringComparison.Ordinal) =>
                (WorklistStoreFailure.InvalidValue, "refused a value that it cannot hold or that a rule of its schema forbids."),
            "" when e.Message.StartsWith("The connection pool has been exhausted", StringComparison.Ordinal) => (WorklistStoreFailure.Busy,
                "has as many connections in use as the connection string allows. "
                + "The operation can be repeated; Maximum Pool Size can be raised."),
            "" when e.InnerException is SocketException or IOException or TimeoutException => (WorklistStoreFailure.CannotOpen,
                "cannot be reached. Check that the server runs and that host and port are right."),
            _ => (WorklistStoreFailure.Other, "reports an error."),
        };
        // The server's own text may quote values of a row, so only its code is shown.
        string code = state.Length == 0 ? e.GetType().Name : "SQLSTATE " + state;
        return new WorklistStoreException(
            failure, $"The worklist store '{place}' {text} ({code})", e is PostgresException ? null : e);
    }
}
