using Gantry.Sidecar.Archive.Studies;
using Orthanc.Net;

namespace Gantry.Sidecar.Archive.Page;

/// <summary>The studies that came last, read backwards from the end of the change feed: Orthanc 1.10 cannot sort.</summary>
internal sealed class LatestStudies(OrthancClient orthanc, StudySearch search)
{
    // A study of 500 images is some 500 changes, so a few large steps back find enough
    private const int Step = 2000;
    private const int MostSteps = 5;

    /// <exception cref="OrthancException">Orthanc is away, or refuses us.</exception>
    public async Task<IReadOnlyList<ArchiveStudy>> ReadAsync(int count, CancellationToken cancellationToken)
    {
        var ids = new List<string>();
        var end = await orthanc.Changes.GetLastSequenceAsync(cancellationToken);
        for (var step = 0; step < MostSteps && end > 0 && ids.Count < count; step++)
        {
            var start = Math.Max(0, end - Step);
            var page = await orthanc.Changes.GetPageAsync(start, Step, cancellationToken);
            ids.AddRange(page.Changes.Where(change => change.Sequence <= end && change.ResourceType == nameof(ResourceLevel.Study))
                .OrderByDescending(change => change.Sequence).Select(change => change.ResourceId).Except(ids, StringComparer.Ordinal));
            end = start;
        }
        string[] last = [.. ids.Take(count)];
        var studies = (await search.DescribeAsync(last, cancellationToken)).ToDictionary(study => study.OrthancId, StringComparer.Ordinal);
        return [.. last.Select(id => studies.GetValueOrDefault(id)).OfType<ArchiveStudy>()];
    }
}
