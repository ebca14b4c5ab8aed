using Gantry.Sidecar.Settings;
using Gantry.Worklist;
using Orthanc.Net;

namespace Gantry.Sidecar.ChangeFeed;

/// <summary>
/// Makes messages of new images. Which exam an image belongs to takes three questions to Orthanc for a whole page of changes, the
/// latter two only for series that were not met before.
/// </summary>
internal sealed class ImageArrivals(OrthancClient orthanc, SidecarSettings settings)
{
    /// <summary>Series that are remembered; a hospital day has fewer.</summary>
    private const int MostSeries = 10_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Exam> _exams = new(StringComparer.Ordinal);

    /// <summary>The messages for a part of the feed, in its order. None if there is no cloud; images deleted meanwhile are left out.</summary>
    /// <exception cref="OrthancException">The archive cannot be asked.</exception>
    public async Task<IReadOnlyList<NewOutboxEntry>> EntriesAsync(IReadOnlyList<OrthancChange> changes, CancellationToken cancellationToken)
    {
        if (!settings.Relay.IsConfigured())
            return [];
        var arrived = changes.Where(change => change.Type == ChangeTypes.NewInstance).ToList();
        var instances = (await orthanc.Tools.GetInstancesAsync([.. arrived.Select(change => change.ResourceId).Distinct()], cancellationToken))
            .ToDictionary(instance => instance.Id, StringComparer.Ordinal);
        var exams = await ExamsAsync([.. instances.Values.Select(instance => instance.ParentSeries).Distinct()], cancellationToken);
        var entries = new List<NewOutboxEntry>(arrived.Count);
        foreach (var change in arrived)
        {
            if (instances.GetValueOrDefault(change.ResourceId) is not { } instance || exams.GetValueOrDefault(instance.ParentSeries) is not { } exam
                || instance.Tag("SOPInstanceUID") is not { } sopInstanceUid)
                continue;
            var arrival = new ImageArrival(
                instance.Id, sopInstanceUid, exam.SeriesInstanceUid, exam.StudyInstanceUid, exam.AccessionNumber, change.Time ?? DateTimeOffset.UnixEpoch);
            entries.Add(new()
            {
                Target = OutboxTarget.Cloud, EventKey = arrival.EventKey, OrderKey = arrival.OrderKey, Kind = ImageArrival.Kind, Payload = arrival.ToJson(),
            });
        }
        return entries;
    }

    private async Task<Dictionary<string, Exam>> ExamsAsync(IReadOnlyList<string> seriesIds, CancellationToken cancellationToken)
    {
        var known = new Dictionary<string, Exam>(StringComparer.Ordinal);
        lock (_gate)
        {
            foreach (var id in seriesIds)
            {
                if (_exams.TryGetValue(id, out var exam))
                    known[id] = exam;
            }
        }
        var series = await orthanc.Tools.GetSeriesAsync([.. seriesIds.Where(id => !known.ContainsKey(id))], cancellationToken);
        var studies = (await orthanc.Tools.GetStudiesAsync([.. series.Select(one => one.ParentStudy).Distinct()], cancellationToken))
            .ToDictionary(study => study.Id, StringComparer.Ordinal);
        foreach (var one in series)
        {
            if (studies.GetValueOrDefault(one.ParentStudy) is { } study)
                known[one.Id] = new(one.Tag("SeriesInstanceUID") ?? "", study.Tag("StudyInstanceUID") ?? "", TextOrNull(study.Tag("AccessionNumber")));
        }
        lock (_gate)
        {
            if (_exams.Count > MostSeries)
                _exams.Clear();
            foreach (var one in series)
            {
                if (known.TryGetValue(one.Id, out var exam))
                    _exams[one.Id] = exam;
            }
        }
        return known;
    }

    private static string? TextOrNull(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    /// <summary>What an image shares with the others of its series.</summary>
    private sealed record Exam(string SeriesInstanceUid, string StudyInstanceUid, string? AccessionNumber);
}
