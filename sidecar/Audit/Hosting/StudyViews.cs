using Microsoft.Extensions.Caching.Memory;

namespace Gantry.Audit;

/// <summary>
/// Whose images were looked at. A viewer asks for a study in hundreds of requests, and a page shows it in many pictures: a study is told
/// once for each person, and again after a quarter of an hour.
/// </summary>
/// <param name="auditor">Is told.</param>
public sealed class StudyViews(Auditor auditor) : IDisposable
{
    private static readonly TimeSpan Again = TimeSpan.FromMinutes(15);

    private readonly MemoryCache _told = new(new MemoryCacheOptions { SizeLimit = 100_000 });

    /// <summary>Tells it, unless that was done not long ago.</summary>
    /// <param name="who">Who looked.</param>
    /// <param name="studyUid">The Study Instance UID.</param>
    /// <param name="patient">Whose study it is; asked for only where it is told.</param>
    public async ValueTask RecordAsync(AuditActor who, string studyUid, Func<ValueTask<AuditPatient>> patient)
    {
        ArgumentNullException.ThrowIfNull(patient);
        if (!auditor.IsOn || _told.TryGetValue((who, studyUid), out _))
            return;
        _told.Set((who, studyUid), true, new MemoryCacheEntryOptions { AbsoluteExpirationRelativeToNow = Again, Size = 1 });
        var whose = await patient().ConfigureAwait(false);
        auditor.Record(events => events.Viewed(who, studyUid, whose));
    }

    /// <summary>Forgets what was told.</summary>
    public void Dispose() => _told.Dispose();
}
