namespace Gantry.Worklist.Schema;

/// <summary>
/// The function of <see cref="PostgresTriggers"/>, made anew so that it tidies the values that orders are found by; the same as
/// <see cref="SqliteTidying"/>.
/// </summary>
internal static class PostgresTidying
{
    private const string Now = "to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"')";

    private const string NineDigits = "lpad(floor(random() * 1000000000)::bigint::text, 9, '0')";
    private const string NewUid =
        $"'2.25.' || (1 + floor(random() * 9))::bigint || {NineDigits} || {NineDigits} || {NineDigits} || {NineDigits}";

    private static readonly TidyColumns Tidy = TidyColumns.Postgres;

    private static readonly string TidyAll =
        string.Join(" ", TidyColumns.All.Select(static column => $"NEW.{column} := {Tidy.Of("NEW.", column)};"));

    // An update that leaves the number alone must not fail for a number that could not be made tidy, see Version3
    public static readonly string Create = $"""
        CREATE OR REPLACE FUNCTION gantry_items_fill() RETURNS trigger LANGUAGE plpgsql AS $body$
        BEGIN
            {TidyAll}
            IF TG_OP = 'UPDATE' THEN
                NEW.study_instance_uid := coalesce(nullif(NEW.study_instance_uid, ''), nullif(OLD.study_instance_uid, ''));
                NEW.requested_procedure_id :=
                    coalesce(nullif(NEW.requested_procedure_id, ''), nullif(OLD.requested_procedure_id, ''));
                NEW.scheduled_step_id := coalesce(nullif(NEW.scheduled_step_id, ''), nullif(OLD.scheduled_step_id, ''));
                IF NEW.accession_number <> OLD.accession_number THEN
                    NEW.accession_number := {Tidy.AccessionNumber("NEW.")};
                END IF;
                IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at THEN NEW.updated_at := {Now}; END IF;
                IF NEW.status IS NULL THEN
                    RAISE EXCEPTION 'status must be SCHEDULED, IN_PROGRESS, COMPLETED or DISCONTINUED'
                        USING ERRCODE = 'check_violation';
                END IF;
            ELSE
                NEW.accession_number := {Tidy.AccessionNumber("NEW.")};
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
        """;
}
