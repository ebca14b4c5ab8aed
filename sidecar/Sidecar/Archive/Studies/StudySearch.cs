using System.Globalization;
using Gantry.Sidecar.Viewer;
using Orthanc.Net;

namespace Gantry.Sidecar.Archive.Studies;

/// <summary>
/// Finds studies in Orthanc: first the ids of all that fit, which its index tells quickly, then the tags of one page. (Its own
/// paging cannot be used: 1.10 loses studies when a page is narrowed by modality.)
/// </summary>
internal sealed class StudySearch(OrthancClient orthanc, ViewerLinks viewer)
{
    /// <summary>Orthanc 1.10 stops here (LimitFindResults of our orthanc.json) without saying so.</summary>
    public const int MostFound = 10_000;

    /// <summary>What the reader of a list is told that may be cut.</summary>
    public const string CutNote = "The archive may have cut the list (LimitFindResults in orthanc.json): ask for fewer days at a time.";

    private static readonly string[] Counts = ["ModalitiesInStudy", "NumberOfStudyRelatedSeries", "NumberOfStudyRelatedInstances"];

    // Null until a first answer tells which Orthanc it is
    private bool? _pagesRightly;

    /// <summary>Ids of the studies that fit, sorted.</summary>
    /// <exception cref="OrthancException">Orthanc is away, or refuses us.</exception>
    public async Task<IReadOnlyList<string>> FindIdsAsync(StudyFilter filter, CancellationToken cancellationToken)
    {
        // The plain list is never cut
        var ids = filter.IsEmpty
            ? await orthanc.Studies.ListIdsAsync(cancellationToken)
            : await orthanc.Tools.FindIdsAsync(ResourceLevel.Study, filter.ToQuery(), cancellationToken);
        return [.. ids.Order(StringComparer.Ordinal)];
    }

    /// <summary>A page of the studies that fit, behind the one with the id <paramref name="after"/>.</summary>
    /// <exception cref="OrthancException">Orthanc is away, or refuses us.</exception>
    public async Task<ArchiveStudyPage> PageAsync(StudyFilter filter, string? after, int limit, CancellationToken cancellationToken)
    {
        var ids = await FindIdsAsync(filter, cancellationToken);
        var page = Page(ids, after, limit);
        var studies = await DescribeAsync(filter, ids, page, cancellationToken);
        var note = !filter.IsEmpty && ids.Count >= MostFound ? CutNote : null;
        return new(studies, ids.Count, page.Count == limit && page[^1] != ids[^1] ? page[^1] : null, note);
    }

    /// <summary>The ids behind one, a page of them.</summary>
    public static IReadOnlyList<string> Page(IReadOnlyList<string> ids, string? after, int limit) =>
        [.. (after is null ? ids : ids.SkipWhile(id => string.CompareOrdinal(id, after) <= 0)).Take(limit)];

    /// <summary>What the studies of a page are. Where Orthanc pages and counts rightly (1.12), that is one search.</summary>
    /// <param name="filter">The filter that found them.</param>
    /// <param name="ids">All that it found, sorted.</param>
    /// <param name="page">A part of <paramref name="ids"/> without a gap.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <exception cref="OrthancException">Orthanc is away, or refuses us.</exception>
    public async Task<IReadOnlyList<ArchiveStudy>> DescribeAsync(
        StudyFilter filter, IReadOnlyList<string> ids, IReadOnlyList<string> page, CancellationToken cancellationToken)
    {
        if (page.Count == 0)
            return [];
        if (_pagesRightly != false)
        {
            var since = ids.TakeWhile(id => string.CompareOrdinal(id, page[0]) < 0).Count();
            var query = filter.ToQuery() with { Since = since, Limit = page.Count, RequestedTags = Counts };
            var found = await orthanc.Tools.FindStudiesAsync(query, cancellationToken);
            _pagesRightly = found.Count == 0 ? _pagesRightly : found[0].RequestedTags is not null;
            // Something may have come or gone since the ids were told
            if (_pagesRightly == true && found.Count == page.Count && found.All(study => page.Contains(study.Id, StringComparer.Ordinal)))
                return [.. found.OrderBy(study => study.Id, StringComparer.Ordinal).Select(study => Told(study, study.RequestedTags))];
        }
        return await DescribeAsync(page, cancellationToken);
    }

    /// <summary>What the studies with these ids are, in the order of the ids; those that are gone are left out.</summary>
    /// <exception cref="OrthancException">Orthanc is away, or refuses us.</exception>
    public async Task<IReadOnlyList<ArchiveStudy>> DescribeAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var studies = await orthanc.Tools.GetStudiesAsync(ids, cancellationToken);
        return await CountAsync([.. studies.OrderBy(study => study.Id, StringComparer.Ordinal)], cancellationToken);
    }

    /// <summary>False for what Orthanc takes as a wildcard, or a list: it names no single study.</summary>
    public static bool IsPlain(string value) => value.Length > 0 && value.IndexOfAny(['*', '?', '\\']) < 0;

    /// <summary>Studies that have any of these accession numbers, or of these UIDs.</summary>
    /// <exception cref="OrthancException">Orthanc is away, or refuses us.</exception>
    public async Task<IReadOnlyList<ArchiveStudy>> FindAsync(string keyword, IReadOnlyList<string> values, CancellationToken cancellationToken)
    {
        string[] plain = [.. values.Where(IsPlain).Distinct(StringComparer.Ordinal)];
        if (plain.Length == 0)
            return [];
        var query = new OrthancFindQuery { Query = new Dictionary<string, string> { [keyword] = string.Join('\\', plain) }, RequestedTags = Counts };
        return await CountAsync(await orthanc.Tools.FindStudiesAsync(query, cancellationToken), cancellationToken);
    }

    /// <summary>Adds modalities and counts: by one search where Orthanc is new enough (1.11), else from the list of series.</summary>
    private async Task<IReadOnlyList<ArchiveStudy>> CountAsync(IReadOnlyList<OrthancStudy> studies, CancellationToken cancellationToken)
    {
        if (studies.Count == 0)
            return [];
        var counted = studies;
        if (studies[0].RequestedTags is null)
        {
            var query = new OrthancFindQuery
            {
                Query = new Dictionary<string, string> { ["StudyInstanceUID"] = string.Join('\\', studies.Select(Uid)) },
                RequestedTags = Counts,
            };
            counted = await orthanc.Tools.FindStudiesAsync(query, cancellationToken);
        }
        if (counted.Count > 0 && counted[0].RequestedTags is not null)
        {
            var byId = counted.ToDictionary(study => study.Id, StringComparer.Ordinal);
            return [.. studies.Select(study => Told(study, byId.GetValueOrDefault(study.Id)?.RequestedTags))];
        }
        var series = await orthanc.Tools.GetSeriesOfStudiesAsync([.. studies.Select(study => study.Id)], cancellationToken);
        var byStudy = series.ToLookup(one => one.ParentStudy, StringComparer.Ordinal);
        return [.. studies.Select(study => Summary(
            study, byStudy[study.Id].Select(one => one.Tag("Modality")), study.Series.Count, byStudy[study.Id].Sum(one => one.Instances.Count)))];
    }

    private ArchiveStudy Told(OrthancStudy study, IReadOnlyDictionary<string, string>? tags) => Summary(
        study, tags?.GetValueOrDefault("ModalitiesInStudy")?.Split('\\') ?? [], Number(tags, "NumberOfStudyRelatedSeries") ?? study.Series.Count,
        Number(tags, "NumberOfStudyRelatedInstances") ?? 0);

    private ArchiveStudy Summary(OrthancStudy study, IEnumerable<string?> modalities, int series, int instances) => new()
    {
        OrthancId = study.Id,
        StudyInstanceUid = Uid(study),
        AccessionNumber = Text(study.MainDicomTags, "AccessionNumber"),
        PatientId = Text(study.PatientMainDicomTags, "PatientID"),
        PatientName = Text(study.PatientMainDicomTags, "PatientName"),
        PatientBirthDate = Text(study.PatientMainDicomTags, "PatientBirthDate"),
        PatientSex = Text(study.PatientMainDicomTags, "PatientSex"),
        StudyDate = Text(study.MainDicomTags, "StudyDate"),
        StudyTime = Text(study.MainDicomTags, "StudyTime"),
        StudyDescription = Text(study.MainDicomTags, "StudyDescription"),
        Modalities = [.. modalities.OfType<string>().Where(modality => modality.Length > 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
        SeriesCount = series,
        InstanceCount = instances,
        IsStable = study.IsStable ?? true,
        LastUpdate = study.LastUpdate,
        ViewerUrl = viewer.Study(Uid(study)),
    };

    private static string Uid(OrthancStudy study) => study.Tag("StudyInstanceUID")?.Trim() ?? "";

    private static string? Text(IReadOnlyDictionary<string, string> tags, string keyword) =>
        tags.GetValueOrDefault(keyword)?.Trim() is { Length: > 0 } text ? text : null;

    private static int? Number(IReadOnlyDictionary<string, string>? tags, string keyword) =>
        int.TryParse(tags?.GetValueOrDefault(keyword), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
