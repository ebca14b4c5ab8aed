using Gantry.Sidecar.Archive.Studies;
using Gantry.Worklist;

namespace Gantry.Sidecar.Archive.Unified;

/// <summary>What is wanted of both sides. A row is found if its order fits, or one of its studies does.</summary>
/// <param name="Study">The keys that both sides have; the days are those of the order, or of the study.</param>
/// <param name="Statuses">Of the order, any of these; empty for any, or none at all.</param>
/// <param name="HasImages">True for what the archive has, false for orders without images, null for both.</param>
internal sealed record UnifiedFilter(StudyFilter Study, IReadOnlyList<OrderStatus> Statuses, bool? HasImages)
{
    /// <summary>What the store narrows by; the name it leaves to <see cref="Fits"/>.</summary>
    public WorklistCriteria ToCriteria() => new()
    {
        Statuses = Statuses, Modalities = Study.Modalities.Count > 0 ? Study.Modalities : null, DateFrom = Study.Days.From, DateTo = Study.Days.To,
        PatientId = Study.PatientId, AccessionNumber = Study.AccessionNumber,
    };

    /// <summary>True if an order fits: what <see cref="ToCriteria"/> says, and the name.</summary>
    public bool Fits(WorklistItem order) =>
        FitsStatus(order)
        && (Study.Modalities.Count == 0 || Study.Modalities.Contains(order.Modality, StringComparer.Ordinal))
        && (Study.Days.From is null || string.CompareOrdinal(order.ScheduledDate, Study.Days.From) >= 0)
        && (Study.Days.To is null || (order.ScheduledDate is not null && string.CompareOrdinal(order.ScheduledDate, Study.Days.To) <= 0))
        && (Study.PatientId is null || order.PatientId == Study.PatientId)
        && (Study.AccessionNumber is null || order.AccessionNumber == Study.AccessionNumber)
        && Study.FitsName(order.PatientName);

    /// <summary>True if the status is wanted; a study without an order has none.</summary>
    public bool FitsStatus(WorklistItem? order) => Statuses.Count == 0 || (order is not null && Statuses.Contains(order.Status));
}
