namespace Gantry.Sidecar.Health;

/// <summary>
/// Remembers that an exam's report could not be stored. A database whose disk is full still takes what fits beside its rows, so a trial
/// write does not show it; it is forgotten when a report is stored again.
/// </summary>
internal sealed class StoreWatch(TimeProvider time)
{
    private volatile string? _trouble;

    /// <summary>When and why; null where the last report was stored.</summary>
    public string? Trouble => _trouble;

    /// <summary>A report was not stored.</summary>
    /// <param name="reason">Why, as a sentence.</param>
    public void Refused(string reason) =>
        _trouble = FormattableString.Invariant($"At {time.GetUtcNow().UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC an exam's report could not be stored, and the modality was told so. {reason}");

    /// <summary>A report was stored.</summary>
    public void Stored() => _trouble = null;
}
