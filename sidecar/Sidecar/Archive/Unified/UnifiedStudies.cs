using Gantry.Sidecar.Archive.Studies;
using Gantry.Worklist;
using Orthanc.Net;

namespace Gantry.Sidecar.Archive.Unified;

/// <summary>
/// Orders and studies side by side. Neither side is read as a whole: orders come in the store's order with the studies of each
/// batch looked up by number; then the studies come in Orthanc's order, and those whose order was shown already are left out.
/// </summary>
internal sealed class UnifiedStudies(IWorklistStore store, StudySearch search)
{
    private const int Batch = 100;

    // A filter that finds little must not keep a request reading for ever: the page ends, and the next one goes on
    private const int MostRead = 2000;

    /// <summary>A page.</summary>
    /// <exception cref="WorklistStoreException">The store cannot be read.</exception>
    /// <exception cref="OrthancException">The archive cannot be asked, and nothing can be said without it.</exception>
    public async Task<UnifiedPage> PageAsync(UnifiedFilter filter, UnifiedCursor cursor, int limit, CancellationToken cancellationToken)
    {
        var (items, read, note) = (new List<UnifiedStudy>(), 0, (string?)null);
        while (cursor.Orders is { } skip && items.Count < limit && read < MostRead)
        {
            var take = Math.Min(Batch, Math.Max(limit - items.Count, 20));
            var orders = await store.FindAsync(new() { Criteria = filter.ToCriteria(), Skip = skip, Take = take }, cancellationToken);
            var fitting = orders.Where(filter.Fits).ToList();
            var join = note is null ? await JoinAsync(filter, fitting, cancellationToken) : null;
            note ??= join is { Reason: { } reason } ? $"{reason} Orders are listed without their images, studies without an order are missing." : null;
            var used = 0;
            foreach (var order in orders)
            {
                if (items.Count == limit)
                    break;
                used++;
                if (filter.Fits(order) && Row(order, note is null ? join : null) is var row && (filter.HasImages is null || row.HasImages == filter.HasImages))
                    items.Add(row);
            }
            read += used;
            cursor = used == orders.Count && orders.Count < take ? UnifiedCursor.FirstStudy : new(skip + used, null);
        }
        if (cursor.Orders is not null)
            return new(items, cursor.ToString(), note);
        if (note is not null || filter.HasImages == false)
            return new(items, null, note);
        return items.Count < limit && read < MostRead
            ? await AddStudiesAsync(filter, cursor, limit, items, cancellationToken)
            : new(items, cursor.ToString(), null);
    }

    private static UnifiedStudy Row(WorklistItem order, Join? join) => join is null
        ? UnifiedStudy.Of(order, null, [])
        : UnifiedStudy.Of(order, [.. join.Studies[order.AccessionNumber]], [.. join.Conflicts[order.AccessionNumber].Distinct(StringComparer.Ordinal)]);

    /// <summary>Finds the studies of some orders.</summary>
    private async Task<Join> JoinAsync(UnifiedFilter filter, List<WorklistItem> orders, CancellationToken cancellationToken)
    {
        var (studies, conflicts) = (new List<(string Order, ArchiveStudy Study)>(), new List<OrderConflict>());
        string? reason = null;
        try
        {
            var byAccession = await search.FindAsync("AccessionNumber", [.. orders.Select(order => order.AccessionNumber)], cancellationToken);
            var byUid = await search.FindAsync("StudyInstanceUID", [.. orders.Select(order => order.StudyInstanceUid ?? "")], cancellationToken);
            ArchiveStudy[] found = [.. byAccession.Concat(byUid).DistinctBy(study => study.OrthancId, StringComparer.Ordinal)];
            var owners = await OrderOwners.ReadAsync(store, found, cancellationToken);
            foreach (var study in found)
            {
                // Both sides of a mix-up tell of it: the order with its row, the study with its own
                if (owners.OwnerOf(study, conflicts) is { } owner)
                    studies.Add((owner.AccessionNumber, study));
            }
        }
        catch (OrthancException error) when (filter.HasImages is null)
        {
            reason = $"The archive cannot be asked: {error.Message}";
        }
        return new(
            studies.ToLookup(pair => pair.Order, pair => pair.Study, StringComparer.Ordinal),
            conflicts.ToLookup(conflict => conflict.AccessionNumber, conflict => conflict.Words, StringComparer.Ordinal), reason);
    }

    private async Task<UnifiedPage> AddStudiesAsync(
        UnifiedFilter filter, UnifiedCursor cursor, int limit, List<UnifiedStudy> items, CancellationToken cancellationToken)
    {
        var ids = await search.FindIdsAsync(filter.Study, cancellationToken);
        var (after, read, ended) = (cursor.AfterStudy, 0, false);
        while (items.Count < limit && read < MostRead && !ended)
        {
            var page = StudySearch.Page(ids, after, Math.Min(Batch, Math.Max(limit - items.Count, 20)));
            if (page.Count == 0)
            {
                ended = true;
                break;
            }
            var studies = await search.DescribeAsync(filter.Study, ids, page, cancellationToken);
            var owners = await OrderOwners.ReadAsync(store, studies, cancellationToken);
            foreach (var study in studies)
            {
                if (items.Count == limit)
                    break;
                after = study.OrthancId;
                var conflicts = new List<OrderConflict>();
                var owner = owners.OwnerOf(study, conflicts);
                // Its order was listed, with this study, among the orders
                if ((owner is null || !filter.Fits(owner)) && filter.FitsStatus(owner))
                    {
                    string[] words = [.. conflicts.Select(conflict => conflict.Words)];
                    items.Add(owner is null ? UnifiedStudy.Of(study, words) : UnifiedStudy.Of(owner, [study], words));
                }
            }
            read += page.Count;
            if (items.Count < limit)
                after = page[^1]; // past those that were deleted meanwhile
            ended = after is not null && string.CompareOrdinal(after, ids[^1]) >= 0;
        }
        var note = !filter.Study.IsEmpty && ids.Count >= StudySearch.MostFound ? StudySearch.CutNote : null;
        return new(items, ended ? null : new UnifiedCursor(null, after).ToString(), note);
    }

    private sealed record Join(ILookup<string, ArchiveStudy> Studies, ILookup<string, string> Conflicts, string? Reason);
}
