namespace Gantry.Worklist.Schema;

/// <summary>
/// What SQLite itself does to every order, whoever writes it: fills in what is missing, checks the status, stamps changes.
/// Only built-in functions, so that the sqlite3 program can write the file.
/// </summary>
internal static class SqliteTriggers
{
    private const string Now = "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')";

    // 2.25.<number below 2^128>, PS3.5 B.2: 37 random digits, the first not 0.
    private const string NewUid = "'2.25.' || (1 + abs(random() % 9)) || printf('%018d', abs(random() % 1000000000000000000))"
        + " || printf('%018d', abs(random() % 1000000000000000000))";

    /// <summary>Brings rows written before the triggers were there to what the triggers would have made of them.</summary>
    public const string Mend = $"""
        UPDATE worklist_items SET updated_at = coalesce(updated_at, created_at, {Now}),
            created_at = coalesce(created_at, updated_at, {Now})
            WHERE created_at IS NULL OR updated_at IS NULL;
        INSERT INTO set_aside (reference, reason, first_seen, last_seen)
            SELECT 'ROW-' || rowid, 'The order had no accession number and got this one. Set the right one.', {Now}, {Now}
            FROM worklist_items WHERE coalesce(accession_number, '') = '';
        UPDATE worklist_items SET accession_number = 'ROW-' || rowid WHERE coalesce(accession_number, '') = '';
        UPDATE worklist_items SET study_instance_uid = {NewUid} WHERE coalesce(study_instance_uid, '') = '';
        UPDATE worklist_items SET requested_procedure_id = substr(accession_number, 1, 16)
            WHERE coalesce(requested_procedure_id, '') = '';
        UPDATE worklist_items SET scheduled_step_id = substr(accession_number, 1, 16) WHERE coalesce(scheduled_step_id, '') = '';
        """;

    // Filling in is no change that anybody asked for, so tr_items_stamp passes over rows that are not filled yet.
    public const string Create = $"""
        CREATE TRIGGER tr_items_check_insert BEFORE INSERT ON worklist_items
        WHEN NEW.status NOT IN ('SCHEDULED', 'IN_PROGRESS', 'COMPLETED', 'DISCONTINUED')
        BEGIN
            SELECT RAISE(ABORT, 'status must be SCHEDULED, IN_PROGRESS, COMPLETED or DISCONTINUED');
        END;
        CREATE TRIGGER tr_items_check_update BEFORE UPDATE OF status ON worklist_items
        WHEN NEW.status IS NULL OR NEW.status NOT IN ('SCHEDULED', 'IN_PROGRESS', 'COMPLETED', 'DISCONTINUED')
        BEGIN
            SELECT RAISE(ABORT, 'status must be SCHEDULED, IN_PROGRESS, COMPLETED or DISCONTINUED');
        END;
        CREATE TRIGGER tr_items_fill AFTER INSERT ON worklist_items
        WHEN coalesce(NEW.study_instance_uid, '') = '' OR coalesce(NEW.requested_procedure_id, '') = ''
            OR coalesce(NEW.scheduled_step_id, '') = '' OR NEW.status IS NULL OR NEW.created_at IS NULL OR NEW.updated_at IS NULL
        BEGIN
            UPDATE worklist_items SET
                study_instance_uid = coalesce(nullif(study_instance_uid, ''), {NewUid}),
                requested_procedure_id = coalesce(nullif(requested_procedure_id, ''), substr(accession_number, 1, 16)),
                scheduled_step_id = coalesce(nullif(scheduled_step_id, ''), substr(accession_number, 1, 16)),
                status = coalesce(status, 'SCHEDULED'),
                created_at = coalesce(created_at, {Now}),
                updated_at = coalesce(updated_at, {Now})
            WHERE rowid = NEW.rowid;
        END;
        CREATE TRIGGER tr_items_stamp AFTER UPDATE ON worklist_items
        WHEN NEW.updated_at IS OLD.updated_at
            AND OLD.study_instance_uid <> '' AND OLD.requested_procedure_id <> '' AND OLD.scheduled_step_id <> ''
        BEGIN
            UPDATE worklist_items SET updated_at = {Now} WHERE rowid = NEW.rowid;
        END;
        CREATE TRIGGER tr_items_keep AFTER UPDATE OF study_instance_uid, requested_procedure_id, scheduled_step_id
            ON worklist_items
        WHEN coalesce(NEW.study_instance_uid, '') = '' OR coalesce(NEW.requested_procedure_id, '') = ''
            OR coalesce(NEW.scheduled_step_id, '') = ''
        BEGIN
            UPDATE worklist_items SET
                study_instance_uid = coalesce(nullif(study_instance_uid, ''), nullif(OLD.study_instance_uid, ''), {NewUid}),
                requested_procedure_id = coalesce(nullif(requested_procedure_id, ''), nullif(OLD.requested_procedure_id, ''),
                    substr(accession_number, 1, 16)),
                scheduled_step_id = coalesce(nullif(scheduled_step_id, ''), nullif(OLD.scheduled_step_id, ''),
                    substr(accession_number, 1, 16))
            WHERE rowid = NEW.rowid;
        END;
        """;
}
