using System.Globalization;
using Gantry.Sidecar.Viewer;
using Orthanc.Net;

namespace Gantry.Sidecar.Archive.Studies;

/// <summary>
/// Reads what a study holds, and counts its frames through: series by number, instances by number, frames as they come. The
/// last studies are remembered as long as Orthanc says that nothing came to them, so that leafing through one costs two calls.
/// </summary>
internal sealed class StudyReader(OrthancClient orthanc, StudySearch search, ViewerLinks viewer)
{
    private const int Remembered = 16;

    // Objects of these modalities have no pixels of their own to show (PS3.3 C.7.3.1.1.1)
    private static readonly HashSet<string> WithoutImages = new(StringComparer.Ordinal)
    {
        "SR", "KO", "PR", "DOC", "PLAN", "REG", "FID", "RTSTRUCT", "RTPLAN", "RTRECORD", "AU", "ECG", "EEG", "EMG", "EOG", "HD", "RESP",
        "EPS", "RWV", "SMR", "STAIN", "ASMT", "ANN", "TEXTUREMAP",
    };

    private readonly Lock _lock = new();
    private readonly LinkedList<Known> _known = new();

    /// <summary>What a study holds; null if the archive does not have it.</summary>
    /// <exception cref="OrthancException">Orthanc is away, or refuses us.</exception>
    public async Task<StudyContents?> ReadAsync(string studyInstanceUid, CancellationToken cancellationToken) =>
        await FindAsync(studyInstanceUid, cancellationToken) is { } known
        && await search.DescribeAsync([known.StudyId], cancellationToken) is [var study]
            ? new(study with { ViewerUrl = viewer.Study(studyInstanceUid) }, known.Frames.Count, known.Series) : null;

    /// <summary>Where every frame is; null if the archive does not have the study.</summary>
    /// <exception cref="OrthancException">Orthanc is away, or refuses us.</exception>
    public async Task<IReadOnlyList<FramePlace>?> FramesAsync(string studyInstanceUid, CancellationToken cancellationToken) =>
        (await FindAsync(studyInstanceUid, cancellationToken))?.Frames;

    private async Task<Known?> FindAsync(string studyInstanceUid, CancellationToken cancellationToken)
    {
        // Lookup takes any identifier: an accession number may look like a UID
        var found = (await orthanc.Tools.LookupAsync(studyInstanceUid, cancellationToken))
            .Where(reference => reference.Type == ResourceLevel.Study).Select(reference => reference.Id).ToList();
        foreach (var id in found)
        {
            if (await orthanc.Studies.TryGetAsync(id, cancellationToken) is not { } study || study.Tag("StudyInstanceUID")?.Trim() != studyInstanceUid)
                continue;
            if (Recall(study) is { } known)
                return known;
            var series = orthanc.Studies.ListSeriesAsync(id, cancellationToken);
            var instances = orthanc.Studies.ListInstancesAsync(id, cancellationToken);
            return Remember(Count(study, await series, await instances));
        }
        return null;
    }

    private static Known Count(OrthancStudy study, IReadOnlyList<OrthancSeries> series, IReadOnlyList<OrthancInstance> instances)
    {
        var bySeries = instances.ToLookup(instance => instance.ParentSeries, StringComparer.Ordinal);
        var (contents, places) = (new List<SeriesContents>(), new List<FramePlace>());
        foreach (var one in InOrder(series, "SeriesNumber", "SeriesInstanceUID"))
        {
            var isImage = !WithoutImages.Contains(one.Tag("Modality")?.Trim() ?? "");
            var list = new List<InstanceContents>();
            foreach (var instance in InOrder(bySeries[one.Id], "InstanceNumber", "SOPInstanceUID"))
            {
                var frames = isImage ? Math.Clamp(Number(instance, "NumberOfFrames") ?? 1, 1, 100_000) : 0;
                list.Add(new(
                    instance.Tag("SOPInstanceUID")?.Trim() ?? "", instance.Id, Number(instance, "InstanceNumber"), isImage ? places.Count : null, frames));
                places.AddRange(Enumerable.Range(0, frames).Select(frame => new FramePlace(instance.Id, instance.FileUuid, frame)));
            }
            contents.Add(new(
                one.Tag("SeriesInstanceUID")?.Trim() ?? "", Number(one, "SeriesNumber"), one.Tag("Modality"), one.Tag("SeriesDescription"), list));
        }
        return new(study.Id, study.LastUpdate, instances.Count, contents, places);
    }

    private static IEnumerable<T> InOrder<T>(IEnumerable<T> resources, string number, string uid)
        where T : OrthancResource =>
        resources.OrderBy(one => Number(one, number) ?? int.MaxValue).ThenBy(one => one.Tag(uid), StringComparer.Ordinal);

    private static int? Number(OrthancResource resource, string keyword) =>
        int.TryParse(resource.Tag(keyword), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;

    private Known? Recall(OrthancStudy study)
    {
        lock (_lock)
        {
            var node = _known.First;
            while (node is not null && node.Value.StudyId != study.Id)
                node = node.Next;
            if (node is null)
                return null;
            _known.Remove(node);
            // While images come in, several may bear the same second as the last one that was counted
            if (study.IsStable != true || node.Value.LastUpdate != study.LastUpdate)
                return null;
            _known.AddFirst(node);
            return node.Value;
        }
    }

    private Known Remember(Known known)
    {
        lock (_lock)
        {
            _known.AddFirst(known);
            if (_known.Count > Remembered)
                _known.RemoveLast();
        }
        return known;
    }

    private sealed record Known(
        string StudyId, DateTimeOffset? LastUpdate, int Instances, IReadOnlyList<SeriesContents> Series, IReadOnlyList<FramePlace> Frames);
}
