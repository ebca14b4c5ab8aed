using Gantry.Worklist.Engines;

namespace Gantry.Worklist.Tables;

/// <summary>What a step needs to know about an order.</summary>
internal sealed record MatchedOrder(
    string AccessionNumber, OrderStatus Status, string? MppsInstanceUid, string? SourceMessageId, string? StudyInstanceUid,
    string? ScheduledStepId)
{
    public const string Columns =
        "item.accession_number, item.status, item.mpps_instance_uid, item.source_message_id, item.study_instance_uid, "
        + "item.scheduled_step_id";

    public static MatchedOrder Read(IRow row) => new(
        row.Text(0) ?? "",
        OrderStatuses.TryParse(row.Text(1), out OrderStatus status) ? status : OrderStatus.Scheduled,
        row.Text(2), row.Text(3), row.Text(4), row.Text(5));
}

/// <summary>
/// Finds the orders that a step says it performs: by study UID, then accession number, then scheduled step id and patient id.
/// </summary>
internal sealed class OrderMatch(Dialect dialect)
{
    private readonly string _byStudy = Query("item.study_instance_uid = $1", dialect);
    private readonly string _byAccession = Query("item.accession_number = $1", dialect);
    private readonly string _byStep = Query("item.scheduled_step_id = $1 AND item.patient_id = $2", dialect);

    public async ValueTask<IReadOnlyList<MatchedOrder>> FindAsync(
        ISession session, IReadOnlyList<ScheduledReference> references, string? patientId)
    {
        var found = new SortedDictionary<string, MatchedOrder>(StringComparer.Ordinal);
        foreach (ScheduledReference reference in references)
            foreach (MatchedOrder order in await FindAsync(session, reference, patientId).ConfigureAwait(false))
                found.TryAdd(order.AccessionNumber, order);
        return [.. found.Values];
    }

    private async ValueTask<List<MatchedOrder>> FindAsync(ISession session, ScheduledReference reference, string? patientId)
    {
        List<MatchedOrder> orders = [];
        if (!string.IsNullOrEmpty(reference.StudyInstanceUid))
            orders = Narrow(
                await session.QueryAsync(_byStudy, MatchedOrder.Read, reference.StudyInstanceUid).ConfigureAwait(false),
                reference);
        if (orders.Count == 0 && !string.IsNullOrEmpty(reference.AccessionNumber))
            orders = await session.QueryAsync(_byAccession, MatchedOrder.Read, reference.AccessionNumber).ConfigureAwait(false);
        if (orders.Count == 0 && !string.IsNullOrEmpty(reference.ScheduledStepId) && !string.IsNullOrEmpty(patientId))
            orders =
                await session.QueryAsync(_byStep, MatchedOrder.Read, reference.ScheduledStepId, patientId).ConfigureAwait(false);
        return orders;
    }

    /// <summary>
    /// Several orders may share a study; the reference's other keys say which of them is meant, if they say anything.
    /// </summary>
    private static List<MatchedOrder> Narrow(List<MatchedOrder> orders, ScheduledReference reference)
    {
        if (orders.Count < 2) return orders;
        if (orders.FindAll(order => order.AccessionNumber == reference.AccessionNumber) is { Count: > 0 } byAccession)
            return byAccession;
        return orders.FindAll(order => order.ScheduledStepId == reference.ScheduledStepId) is { Count: > 0 } byStep
            ? byStep
            : orders;
    }

    private static string Query(string condition, Dialect dialect) =>
        $"SELECT {MatchedOrder.Columns} FROM worklist_items AS item WHERE {condition} "
        + $"ORDER BY item.accession_number{dialect.ForUpdate}";
}
