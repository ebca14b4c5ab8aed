using Gantry.Sidecar.Archive.Studies;
using Gantry.Worklist;

namespace Gantry.Sidecar.Archive.Unified;

/// <summary>An order with its studies, an order without one, or a study without an order.</summary>
/// <param name="AccessionNumber">Of the order, else of the study.</param>
/// <param name="PatientId">Likewise.</param>
/// <param name="PatientName">Likewise.</param>
/// <param name="Status">Of the order; null without one.</param>
/// <param name="HasImages">Whether the archive has a study for it; null while the archive cannot be asked.</param>
/// <param name="ViewerUrl">Opens the first study; null without images.</param>
/// <param name="Order">The order; null if there is none.</param>
/// <param name="Studies">What the archive has for it.</param>
/// <param name="Conflicts">Why something that looks as if it belonged here was not joined, or was joined with a doubt.</param>
internal sealed record UnifiedStudy(
    string? AccessionNumber, string? PatientId, string? PatientName, OrderStatus? Status, bool? HasImages, string? ViewerUrl, WorklistItem? Order,
    IReadOnlyList<ArchiveStudy> Studies, IReadOnlyList<string> Conflicts)
{
    /// <summary>An order and what was found for it; null for studies that could not be asked for.</summary>
    public static UnifiedStudy Of(WorklistItem order, IReadOnlyList<ArchiveStudy>? studies, IReadOnlyList<string> conflicts) => new(
        order.AccessionNumber, order.PatientId, order.PatientName, order.Status, studies is null ? null : studies.Count > 0,
        studies is [var first, ..] ? first.ViewerUrl : null, order, studies ?? [], conflicts);

    /// <summary>A study that has no order.</summary>
    public static UnifiedStudy Of(ArchiveStudy study, IReadOnlyList<string> conflicts) => new(
        study.AccessionNumber, study.PatientId, study.PatientName, null, true, study.ViewerUrl, null, [study], conflicts);
}

/// <summary>A page: first the orders by date, time and accession number, then the studies without an order, by Orthanc's id.</summary>
/// <param name="Items">What was found. A page can be shorter than asked for, or empty, and still have a next one.</param>
/// <param name="Next">The cursor of the next page; null on the last one.</param>
/// <param name="Note">What the reader should know, above all that the archive could not be asked; null for nothing.</param>
internal sealed record UnifiedPage(IReadOnlyList<UnifiedStudy> Items, string? Next, string? Note);
