using Gantry.Sidecar.Archive.Studies;
using Gantry.Worklist;

namespace Gantry.Sidecar.Archive.Unified;

/// <summary>A doubt about an order and a study that look as if they belonged together.</summary>
/// <param name="AccessionNumber">The order.</param>
/// <param name="Words">What is wrong, in one sentence.</param>
internal sealed record OrderConflict(string AccessionNumber, string Words);

/// <summary>
/// Which order a study belongs to: the one with its accession number, else the one with its Study Instance UID. An order of
/// another patient never owns it, however well the numbers fit: that is a mix-up, and somebody has to see it.
/// </summary>
internal sealed class OrderOwners
{
    private const int MostPerStudy = 10;

    private readonly Dictionary<string, WorklistItem?> _byAccession = new(StringComparer.Ordinal);
    private ILookup<string, WorklistItem> _byUid = Enumerable.Empty<WorklistItem>().ToLookup(order => "");

    /// <summary>Reads the orders that any of these studies may belong to.</summary>
    /// <exception cref="WorklistStoreException">The store cannot be read.</exception>
    public static async Task<OrderOwners> ReadAsync(
        IWorklistStore store, IReadOnlyCollection<ArchiveStudy> studies, CancellationToken cancellationToken)
    {
        var owners = new OrderOwners();
        foreach (var accession in studies.Select(study => study.AccessionNumber).OfType<string>().Where(StudySearch.IsPlain).Distinct(StringComparer.Ordinal))
            owners._byAccession[accession] = await store.GetAsync(accession, cancellationToken);
        string[] uids = [.. studies.Select(study => study.StudyInstanceUid).Where(uid => uid.Length > 0).Distinct(StringComparer.Ordinal)];
        if (uids.Length == 0)
            return owners;
        var found = await store.FindAsync(
            new() { Criteria = new() { StudyInstanceUids = uids }, Take = uids.Length * MostPerStudy }, cancellationToken);
        owners._byUid = found.ToLookup(order => order.StudyInstanceUid ?? "", StringComparer.Ordinal);
        return owners;
    }

    /// <summary>The order; null if there is none. What speaks against it is added to <paramref name="conflicts"/>.</summary>
    public WorklistItem? OwnerOf(ArchiveStudy study, ICollection<OrderConflict> conflicts)
    {
        if (study.AccessionNumber is { } accession && _byAccession.GetValueOrDefault(accession) is { } named)
        {
            if (SamePatient(named, study))
                return named;
            conflicts.Add(OtherPatient(named, study, "the accession number"));
        }
        foreach (var order in _byUid[study.StudyInstanceUid].OrderBy(order => order.AccessionNumber, StringComparer.Ordinal))
        {
            if (SamePatient(order, study))
            {
                if (study.AccessionNumber is { } other && other != order.AccessionNumber)
                    conflicts.Add(new(order.AccessionNumber, $"The study says accession number {other}, its Study Instance UID is that of order {order.AccessionNumber}."));
                return order;
            }
            if (order.AccessionNumber != study.AccessionNumber)
                conflicts.Add(OtherPatient(order, study, "the Study Instance UID"));
        }
        return null;
    }

    /// <summary>True if nothing says that they are two people: an id that is missing says nothing.</summary>
    private static bool SamePatient(WorklistItem order, ArchiveStudy study) =>
        string.IsNullOrWhiteSpace(order.PatientId) || study.PatientId is null || order.PatientId.Trim() == study.PatientId;

    private static OrderConflict OtherPatient(WorklistItem order, ArchiveStudy study, string what) => new(
        order.AccessionNumber,
        $"Order {order.AccessionNumber} and study {study.StudyInstanceUid} share {what}, but their patient ids differ ('{order.PatientId}' and '{study.PatientId}'): not joined.");
}
