namespace Gantry.Worklist.Schema;

/// <summary>What PostgreSQL itself does to every order, whoever writes it; the same as <see cref="SqliteTriggers"/>.</summary>
internal static class PostgresTriggers
{
    private const string Now = "to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"')";

    // 2.25.<number below 2^128>, PS3.5 B.2: 37 random digits, the first not 0.
    private const string NineDigits = "lpad(floor(random() * 1000000000)::bigint::text, 9, '0')";
    private const string NewUid =
        $"'2.25.' || (1 + floor(random() * 9))::bigint || {NineDigits} || {NineDigits} || {NineDigits} || {NineDigits}";

    public const string Mend = $"""
        UPDATE worklist_items SET updated_at = coalesce(updated_at, created_at, {Now}),
            created_at = coalesce(created_at, updated_at, {Now})
            WHERE created_at IS NULL OR updated_at IS NULL;
        UPDATE worklist_items SET study_instance_uid = {NewUid} WHERE coalesce(study_instance_uid, '') = '';
        UPDATE worklist_items SET requested_procedure_id = substr(accession_number, 1, 16)
            WHERE coalesce(requested_procedure_id, '') = '';
        UPDATE worklist_items SET scheduled_step_id = substr(accession_number, 1, 16) WHERE coalesce(scheduled_step_id, '') = '';
        """;

    public const string Create = $"""
        CREATE OR REPLACE FUNCTION gantry_items_fill() RETURNS trigger LANGUAGE plpgsql AS $body$
        BEGIN
            IF TG_OP = 'UPDATE' THEN
                NEW.study_instance_uid := coalesce(nullif(NEW.study_instance_uid, ''), nullif(OLD.study_instance_uid, ''));
                NEW.requested_procedure_id :=
                    coalesce(nullif(NEW.requested_procedure_id, ''), nullif(OLD.requested_procedure_id, ''));
                NEW.scheduled_step_id := coalesce(nullif(NEW.scheduled_step_id, ''), nullif(OLD.scheduled_step_id, ''));
                IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at THEN NEW.updated_at := {Now}; END IF;
                IF NEW.status IS NULL THEN
                    RAISE EXCEPTION 'status must be SCHEDULED, IN_PROGRESS, COMPLETED or DISCONTINUED'
                        USING ERRCODE = 'check_violation';
                END IF;
            END IF;
            NEW.study_instance_uid := coalesce(nullif(NEW.study_instance_uid, ''), {NewUid});
            NEW.requested_procedure_id := coalesce(nullif(NEW.requested_procedure_id, ''), substr(NEW.accession_number, 1, 16));
            NEW.scheduled_step_id := coalesce(nullif(NEW.scheduled_step_id, ''), substr(NEW.accession_number, 1, 16));
            NEW.status := coalesce(NEW.status, 'SCHEDULED');
            NEW.created_at := coalesce(NEW.created_at, {Now});
            NEW.updated_at := coalesce(NEW.updated_at, {Now});
            IF NEW.status NOT IN ('SCHEDULED', 'IN_PROGRESS', 'COMPLETED', 'DISCONTINUED') THEN
                RAISE EXCEPTION 'status must be SCHEDULED, IN_PROGRESS, COMPLETED or DISCONTINUED'
                    USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        END $body$;
        CREATE TRIGGER tr_items_fill BEFORE INSERT OR UPDATE ON worklist_items FOR EACH ROW EXECUTE FUNCTION gantry_items_fill();
        """;
}
