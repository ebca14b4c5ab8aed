using Gantry.Worklist.Engines;

namespace Gantry.Worklist.Tables;

/// <summary>
/// The tables <c>mpps_tracking</c>, <c>mpps_references</c> and <c>mpps_orders</c>, and the orders and messages that follow a
/// step.
/// </summary>
internal sealed class StepTable(Dialect dialect, OutboxTable outbox, TimeProvider time)
{
    private const string ReadReferences = """
        SELECT study_instance_uid, accession_number, requested_procedure_id, scheduled_step_id
        FROM mpps_references WHERE sop_instance_uid = $1 ORDER BY position
        """;

    private const string WriteReference = """
        INSERT INTO mpps_references
            (sop_instance_uid, position, study_instance_uid, accession_number, requested_procedure_id, scheduled_step_id)
        VALUES ($1, $2, $3, $4, $5, $6)
        """;

    private const string ReadOrders =
        "SELECT accession_number FROM mpps_orders WHERE sop_instance_uid = $1 ORDER BY accession_number";

    private const string WriteOrder = "INSERT INTO mpps_orders (sop_instance_uid, accession_number) VALUES ($1, $2)";

    private const string StartOrder =
        "UPDATE worklist_items SET status = $2, mpps_instance_uid = $3, updated_at = $4 WHERE accession_number = $1";

    private const string MoveOrder = "UPDATE worklist_items SET status = $2, updated_at = $3 WHERE accession_number = $1";

    private const string Insert = $"""
        INSERT INTO mpps_tracking ({StepRow.Columns})
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $16)
            ON CONFLICT (sop_instance_uid) DO NOTHING
        """;

    private const string Change = """
        UPDATE mpps_tracking SET status = $2, object_bytes = $3, transfer_syntax = $4, character_set = $5, end_time = $6,
            warnings = $7,
            updated_at = $8
        WHERE sop_instance_uid = $1
        """;

    private const string Unscheduled =
        $"SELECT {StepRow.Columns} FROM mpps_tracking WHERE unscheduled = 1 ORDER BY created_at DESC LIMIT $1";

    private readonly string _get = $"SELECT {StepRow.Columns} FROM mpps_tracking WHERE sop_instance_uid = $1";

    private readonly string _lock = $"SELECT {StepRow.Columns} FROM mpps_tracking WHERE sop_instance_uid = $1{dialect.ForUpdate}";

    private readonly string _lockOrders = $"""
        SELECT {MatchedOrder.Columns} FROM mpps_orders AS performed
        JOIN worklist_items AS item ON item.accession_number = performed.accession_number
        WHERE performed.sop_instance_uid = $1 ORDER BY item.accession_number{dialect.ForUpdate}
        """;

    private readonly OrderMatch _match = new(dialect);

    public async ValueTask<CreateStepOutcome> CreateAsync(ISession session, NewPerformedStep step)
    {
        DateTimeOffset now = time.GetUtcNow();
        IReadOnlyList<MatchedOrder> orders =
            await _match.FindAsync(session, step.References, step.PatientId).ConfigureAwait(false);
        ScheduledReference first = step.References.Count > 0 ? step.References[0] : new ScheduledReference();
        string? accession = NullIfEmpty(first.AccessionNumber) ?? (orders.Count > 0 ? orders[0].AccessionNumber : null);
        int written = await session.ExecuteAsync(Insert,
            step.SopInstanceUid, StepStatus.InProgress.ToText(), step.Dataset.Bytes, step.Dataset.TransferSyntaxUid,
            step.Dataset.CharacterSet,
            accession, first.StudyInstanceUid, step.Modality, step.PatientId, step.PatientName, step.StartTime, (string?)null,
            step.CallingAeTitle, StepRow.WriteWarnings(step.Warnings), orders.Count == 0 ? 1 : 0,
            StoreTime.Text(now)).ConfigureAwait(false);
        if (written == 0)
            return new CreateStepOutcome.Duplicate((await GetAsync(session, step.SopInstanceUid).ConfigureAwait(false))!);

        for (int i = 0; i < step.References.Count; i++)
        {
            ScheduledReference reference = step.References[i];
            await session.ExecuteAsync(
                WriteReference, step.SopInstanceUid, i, reference.StudyInstanceUid, reference.AccessionNumber,
                reference.RequestedProcedureId, reference.ScheduledStepId).ConfigureAwait(false);
        }

        foreach (MatchedOrder order in orders)
        {
            await session.ExecuteAsync(WriteOrder, step.SopInstanceUid, order.AccessionNumber).ConfigureAwait(false);
            if (OrderProgress.Next(order.Status, StepStatus.InProgress, isCurrent: true) is not { } next) continue;
            await session.ExecuteAsync(StartOrder, order.AccessionNumber, next.ToText(), step.SopInstanceUid, StoreTime.Text(now))
                .ConfigureAwait(false);
            await TellAsync(
                session, order, step.SopInstanceUid, StepStatus.InProgress, step.StartTime, null, now).ConfigureAwait(false);
        }

        return new CreateStepOutcome.Created([.. orders.Select(static order => order.AccessionNumber)]);
    }

    public async ValueTask<ChangeStepOutcome> ChangeAsync(
        ISession session, string sopInstanceUid, Func<PerformedStep, StepChange> decide)
    {
        if (await FirstAsync(session, _lock, sopInstanceUid).ConfigureAwait(false) is not { } step)
            return new ChangeStepOutcome.Refused(StepRefusal.NotFound, null);

        StepChange change = decide(step);
        if (change is StepChange.Refuse refused) return new ChangeStepOutcome.Refused(refused.Reason, step);
        var update = (StepChange.Update)change;
        // Whatever the caller decided, the table of states has the last word.
        if (StepRules.Apply(StepVerb.Set, step.Status, StepStatuses.Ask(update.Status.ToText())).Refusal is { } reason)
            return new ChangeStepOutcome.Refused(reason, step);

        DateTimeOffset now = time.GetUtcNow();
        PerformedStep changed = step with
        {
            Status = update.Status,
            // The caller's buffer may be reused; what is handed back is what was stored.
            Dataset = update.Dataset with { Bytes = update.Dataset.Bytes.ToArray() },
            EndTime = update.EndTime ?? step.EndTime,
            Warnings = [.. step.Warnings, .. update.Warnings],
            UpdatedAt = StoreTime.Text(now),
        };
        await session.ExecuteAsync(
            Change, sopInstanceUid, changed.Status.ToText(), changed.Dataset.Bytes, changed.Dataset.TransferSyntaxUid,
            changed.Dataset.CharacterSet, changed.EndTime, StepRow.WriteWarnings(changed.Warnings),
            changed.UpdatedAt).ConfigureAwait(false);
        if (changed.Status != step.Status) await MoveOrdersAsync(session, changed, now).ConfigureAwait(false);
        return new ChangeStepOutcome.Changed(changed);
    }

    public ValueTask<PerformedStep?> GetAsync(ISession session, string sopInstanceUid) =>
        FirstAsync(session, _get, sopInstanceUid);

    public static async ValueTask<IReadOnlyList<PerformedStep>> UnscheduledAsync(ISession session, int take)
    {
        List<PerformedStep> steps = await session.QueryAsync(Unscheduled, StepRow.Read, take).ConfigureAwait(false);
        for (int i = 0; i < steps.Count; i++) steps[i] = await WithOrdersAsync(session, steps[i]).ConfigureAwait(false);
        return steps;
    }

    private async ValueTask MoveOrdersAsync(ISession session, PerformedStep step, DateTimeOffset now)
    {
        foreach (MatchedOrder order
            in await session.QueryAsync(_lockOrders, MatchedOrder.Read, step.SopInstanceUid).ConfigureAwait(false))
        {
            bool isCurrent = order.MppsInstanceUid == step.SopInstanceUid;
            if (OrderProgress.Next(order.Status, step.Status, isCurrent) is not { } next) continue;
            await session.ExecuteAsync(
                MoveOrder, order.AccessionNumber, next.ToText(), StoreTime.Text(now)).ConfigureAwait(false);
            await TellAsync(
                session, order, step.SopInstanceUid, step.Status, step.StartTime, step.EndTime, now).ConfigureAwait(false);
        }
    }

    private ValueTask TellAsync(
        ISession session, MatchedOrder order, string sopInstanceUid, StepStatus status, string? start, string? end,
        DateTimeOffset now) =>
        outbox.PutStatusAsync(session, new StatusEvent
        {
            EventId = $"{sopInstanceUid}|{order.AccessionNumber}|{status.ToText()}",
            AccessionNumber = order.AccessionNumber,
            Status = status.ToText(),
            SourceMessageId = order.SourceMessageId,
            StudyInstanceUid = order.StudyInstanceUid,
            MppsInstanceUid = sopInstanceUid,
            StartTime = start,
            EndTime = end,
            Timestamp = now,
        });

    private static async ValueTask<PerformedStep?> FirstAsync(ISession session, string sql, string sopInstanceUid)
    {
        List<PerformedStep> steps = await session.QueryAsync(sql, StepRow.Read, sopInstanceUid).ConfigureAwait(false);
        return steps.Count == 0 ? null : await WithOrdersAsync(session, steps[0]).ConfigureAwait(false);
    }

    private static async ValueTask<PerformedStep> WithOrdersAsync(ISession session, PerformedStep step) => step with
    {
        References = await session.QueryAsync(ReadReferences, static row => new ScheduledReference
        {
            StudyInstanceUid = row.Text(0),
            AccessionNumber = row.Text(1),
            RequestedProcedureId = row.Text(2),
            ScheduledStepId = row.Text(3),
        }, step.SopInstanceUid).ConfigureAwait(false),
        Orders = await session.QueryAsync(ReadOrders, static row => row.Text(0) ?? "", step.SopInstanceUid).ConfigureAwait(false),
    };

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
