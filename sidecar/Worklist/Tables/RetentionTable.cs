using System.Globalization;
using Gantry.Worklist.Engines;

namespace Gantry.Worklist.Tables;

/// <summary>Deletes what is old, over all tables that know of an order.</summary>
internal static class RetentionTable
{
    // A day that no order is before: a limit that is not set
    private const string Never = "0";

    private const string OldOrders = """
        DELETE FROM worklist_items WHERE accession_number IN (
            SELECT item.accession_number FROM worklist_items AS item
            WHERE (item.status IN ('COMPLETED', 'DISCONTINUED') AND coalesce(item.scheduled_date, '') < $1 AND item.updated_at < $2
                OR item.status = 'SCHEDULED' AND item.scheduled_date <> '' AND item.scheduled_date < $3 AND item.updated_at < $4)
            AND NOT EXISTS (
                SELECT 1 FROM outbox AS waiting WHERE waiting.target IN ('cloud', 'emr') AND waiting.delivered_at IS NULL
                AND waiting.order_key IN (item.accession_number, item.study_instance_uid))
            AND NOT EXISTS (
                SELECT 1 FROM mpps_orders AS performed JOIN mpps_tracking AS step ON step.sop_instance_uid = performed.sop_instance_uid
                WHERE performed.accession_number = item.accession_number AND step.status = 'IN PROGRESS')
            LIMIT $5)
        """;

    private const string OldSteps = """
        SELECT step.sop_instance_uid FROM mpps_tracking AS step
        WHERE step.status IN ('COMPLETED', 'DISCONTINUED') AND step.updated_at < $1
        AND NOT EXISTS (
            SELECT 1 FROM mpps_orders AS performed JOIN worklist_items AS item ON item.accession_number = performed.accession_number
            WHERE performed.sop_instance_uid = step.sop_instance_uid)
        AND NOT EXISTS (
            SELECT 1 FROM outbox AS waiting WHERE waiting.target IN ('cloud', 'emr') AND waiting.delivered_at IS NULL
            AND waiting.order_key IN (step.accession_number, step.study_instance_uid))
        LIMIT $2
        """;

    private static readonly string[] OfStep =
    [
        "DELETE FROM mpps_references WHERE sop_instance_uid = $1", "DELETE FROM mpps_orders WHERE sop_instance_uid = $1",
        "DELETE FROM mpps_tracking WHERE sop_instance_uid = $1",
    ];

    // What was noted about an order that is no more
    private const string OldNotes =
        "DELETE FROM set_aside WHERE last_seen < $1 AND reference NOT IN (SELECT accession_number FROM worklist_items)";

    public static async ValueTask<RetentionOutcome> PurgeAsync(ISession session, RetentionLimits limits, int most)
    {
        (string finishedDay, string finishedTime) = Words(limits.FinishedBefore);
        (string missedDay, string missedTime) = Words(limits.MissedBefore);
        int orders = await session.ExecuteAsync(OldOrders, finishedDay, finishedTime, missedDay, missedTime, most).ConfigureAwait(false);
        if (limits.FinishedBefore is null) return new RetentionOutcome(orders, 0);

        List<string?> steps = await session.QueryAsync(OldSteps, static row => row.Text(0), finishedTime, most).ConfigureAwait(false);
        foreach (string? step in steps)
            foreach (string delete in OfStep)
                await session.ExecuteAsync(delete, step).ConfigureAwait(false);
        await session.ExecuteAsync(OldNotes, finishedTime).ConfigureAwait(false);
        return new RetentionOutcome(orders, steps.Count);
    }

    /// <summary>A day as orders are scheduled, and its beginning as the store stamps changes.</summary>
    private static (string Day, string Time) Words(DateOnly? day) => day is { } given
        ? (given.ToString("yyyyMMdd", CultureInfo.InvariantCulture), StoreTime.Text(new DateTimeOffset(given, TimeOnly.MinValue, TimeSpan.Zero)))
        : (Never, Never);
}
