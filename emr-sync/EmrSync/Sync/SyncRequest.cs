namespace Gantry.EmrSync.Sync;

/// <summary>How much of the EMR a sync reads.</summary>
public enum SyncScope
{
    /// <summary>What is new, and the whole window when that is due by <see cref="EmrSyncOptions.CompareInterval"/>.</summary>
    Due,

    /// <summary>What is new, quickly; the whole window only if it was never read, or where no column tells what is new.</summary>
    New,

    /// <summary>The whole window, also rows that could not be used before.</summary>
    Whole,
}

/// <summary>What is wanted of a sync.</summary>
/// <param name="Reason">Who asks for it, in one word: start, schedule, query, api, page, command.</param>
/// <param name="Scope">How much is read.</param>
/// <param name="AcceptsMissing">True believes the EMR however many orders are gone from it: <see cref="EmrSyncOptions.MissingLimit"/> is not looked at.</param>
public sealed record SyncRequest(string Reason, SyncScope Scope = SyncScope.Due, bool AcceptsMissing = false)
{
    /// <summary>A query of a modality, which comes often: it is noted only where it changed something or failed.</summary>
    public const string Query = "query";
}
