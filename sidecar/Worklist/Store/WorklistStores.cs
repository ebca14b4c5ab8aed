using Microsoft.Extensions.Logging;

namespace Gantry.Worklist;

/// <summary>Opens a worklist store.</summary>
public static class WorklistStores
{
    /// <summary>Opens the store, making it or bringing it to this version's schema first, under a lock: two may start at once.</summary>
    /// <exception cref="ArgumentException">Not exactly one of SqlitePath and Postgres is set.</exception>
    /// <exception cref="WorklistStoreException">The store cannot be opened; the message names it and the way out.</exception>
    public static Task<IWorklistStore> OpenAsync(
        WorklistStoreOptions options, ILoggerFactory loggers, TimeProvider time, CancellationToken cancellationToken) =>
        throw new NotImplementedException();
}
