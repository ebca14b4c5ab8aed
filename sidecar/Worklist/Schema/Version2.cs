namespace Gantry.Worklist.Schema;

/// <summary>Everything a worklist and MPPS provider needs beside the tables that other programs know.</summary>
internal static class Version2
{
    private static readonly WorklistColumn FirstNewColumn = WorklistColumn.RequestedProcedureId;

    private static readonly ColumnDefinition[] Steps =
    [
        new("patient_id", "{text}"),
        new("patient_name", "{text}"),
        new("calling_ae_title", "{text}"),
        new("object_bytes", "{blob}"),
        new("transfer_syntax", "{text}"),
        new("character_set", "{text}"),
        new("warnings", "{text}"),
        new("unscheduled", "{integer} NOT NULL DEFAULT 0"),
        new("created_at", "{text}"),
        new("updated_at", "{text}"),
    ];

    public static async ValueTask ApplyAsync(SchemaEditor editor)
    {
        await editor.EnsureTableAsync("worklist_items",
            [.. WorklistColumns.All.Where(static column => column >= FirstNewColumn)
                .Select(static column => new ColumnDefinition(column.SqlName(), "{text}"))]).ConfigureAwait(false);
        await editor.EnsureTableAsync("mpps_tracking", Steps).ConfigureAwait(false);
        await editor.RunAsync(Tables).ConfigureAwait(false);
        await editor.RunAsync(editor.IsSqlite ? SqliteTriggers.Mend : PostgresTriggers.Mend).ConfigureAwait(false);
        await editor.RunAsync(MendStatuses).ConfigureAwait(false);
        await editor.RunAsync(MendSteps).ConfigureAwait(false);
        await editor.RunAsync(editor.IsSqlite ? SqliteTriggers.Create : PostgresTriggers.Create).ConfigureAwait(false);
        await editor.RunAsync(Indexes).ConfigureAwait(false);
    }

    private const string Tables = """
        CREATE TABLE mpps_references (
            sop_instance_uid {text} NOT NULL,
            position {integer} NOT NULL,
            study_instance_uid {text},
            accession_number {text},
            requested_procedure_id {text},
            scheduled_step_id {text},
            PRIMARY KEY (sop_instance_uid, position));
        CREATE TABLE mpps_orders (
            sop_instance_uid {text} NOT NULL,
            accession_number {text} NOT NULL,
            PRIMARY KEY (sop_instance_uid, accession_number));
        CREATE TABLE outbox (
            id {identity},
            target {text} NOT NULL CHECK (target IN ('cloud', 'emr')),
            event_key {text} NOT NULL,
            order_key {text} NOT NULL,
            kind {text} NOT NULL,
            payload {blob} NOT NULL,
            attempts {integer} NOT NULL DEFAULT 0,
            created_at {text} NOT NULL,
            next_attempt_at {text} NOT NULL,
            delivered_at {text},
            parked_reason {text},
            last_error {text});
        CREATE TABLE set_aside (
            reference {text} NOT NULL PRIMARY KEY,
            reason {text} NOT NULL,
            first_seen {text} NOT NULL,
            last_seen {text} NOT NULL);
        """;

    /// <summary>
    /// A status in other letters is put right; an unknown one is closed and shown to the admin, for no order may vanish unseen.
    /// </summary>
    private const string MendStatuses = """
        UPDATE worklist_items SET status = 'SCHEDULED' WHERE status IS NULL OR trim(status) = '';
        UPDATE worklist_items SET status = replace(upper(trim(status)), ' ', '_')
            WHERE status NOT IN ('SCHEDULED', 'IN_PROGRESS', 'COMPLETED', 'DISCONTINUED')
            AND replace(upper(trim(status)), ' ', '_') IN ('SCHEDULED', 'IN_PROGRESS', 'COMPLETED', 'DISCONTINUED');
        INSERT INTO set_aside (reference, reason, first_seen, last_seen)
            SELECT accession_number,
                'The status "' || status || '" is not known; the order was set to DISCONTINUED. Set the right status.',
                updated_at, updated_at
            FROM worklist_items WHERE status NOT IN ('SCHEDULED', 'IN_PROGRESS', 'COMPLETED', 'DISCONTINUED')
            ON CONFLICT (reference) DO NOTHING;
        UPDATE worklist_items SET status = 'DISCONTINUED'
            WHERE status NOT IN ('SCHEDULED', 'IN_PROGRESS', 'COMPLETED', 'DISCONTINUED');
        """;

    /// <summary>
    /// Steps recorded before there was a list of their orders find them by the keys they have, so that an exam under way goes
    /// on.
    /// </summary>
    private const string MendSteps = """
        UPDATE mpps_tracking SET status = replace(upper(trim(status)), '_', ' ');
        INSERT INTO mpps_references (sop_instance_uid, position, study_instance_uid, accession_number)
            SELECT sop_instance_uid, 0, study_instance_uid, accession_number FROM mpps_tracking
                WHERE sop_instance_uid IS NOT NULL;
        INSERT INTO mpps_orders (sop_instance_uid, accession_number)
            SELECT step.sop_instance_uid, item.accession_number FROM mpps_tracking AS step
            JOIN worklist_items AS item ON item.accession_number = step.accession_number WHERE step.sop_instance_uid IS NOT NULL;
        """;

    private const string Indexes = """
        CREATE INDEX ix_items_status_modality_date
            ON worklist_items (status, modality, scheduled_date{nulls}, scheduled_time{nulls}, accession_number);
        CREATE INDEX ix_items_status_date ON worklist_items (status, scheduled_date{nulls}, scheduled_time{nulls},
            accession_number);
        CREATE INDEX ix_items_date_modality ON worklist_items (scheduled_date{nulls}, scheduled_time{nulls}, accession_number,
            modality);
        CREATE INDEX ix_items_requested_procedure ON worklist_items (requested_procedure_id);
        CREATE INDEX ix_items_scheduled_step ON worklist_items (scheduled_step_id);
        CREATE INDEX ix_items_source_message ON worklist_items (source_message_id) WHERE source_message_id IS NOT NULL;
        CREATE INDEX ix_steps_unscheduled ON mpps_tracking (created_at) WHERE unscheduled = 1;
        CREATE INDEX ix_orders_steps ON mpps_orders (accession_number);
        CREATE UNIQUE INDEX ux_outbox_event ON outbox (event_key, target);
        CREATE INDEX ix_outbox_pending ON outbox (target, id) WHERE delivered_at IS NULL AND parked_reason IS NULL;
        CREATE INDEX ix_outbox_order ON outbox (target, order_key, id) WHERE delivered_at IS NULL AND parked_reason IS NULL;
        CREATE INDEX ix_outbox_parked ON outbox (target, id) WHERE delivered_at IS NULL AND parked_reason IS NOT NULL;
        """;
}
