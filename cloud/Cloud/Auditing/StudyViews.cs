using Gantry.Audit;
using Microsoft.Extensions.Caching.Memory;

namespace Gantry.Cloud.Auditing;

/// <summary>
/// Whose images were looked at. A page shows a study in many pictures and is loaded again and again: a study is told once for each person,
/// and again after a quarter of an hour.
/// </summary>
internal sealed class StudyViews(Auditor auditor) : IDisposable
{
    private static readonly TimeSpan Again = TimeSpan.FromMinutes(15);

    private readonly MemoryCache _told = new(new MemoryCacheOptions { SizeLimit = 100_000 });

    public void Record(HttpContext context, string studyUid, AuditPatient patient)
    {
        if (!auditor.IsOn)
            return;
        var who = Auditor.Of(context);
        if (_told.TryGetValue((who, studyUid), out _))
            return;
        _told.Set((who, studyUid), true, new MemoryCacheEntryOptions { AbsoluteExpirationRelativeToNow = Again, Size = 1 });
        auditor.Record(events => events.Viewed(who, studyUid, patient));
    }

    public void Dispose() => _told.Dispose();
}
