namespace Gantry.Worklist.Schema;

/// <summary>Which orders came from the EMR, and how far it was read. An order removed by hand is forgotten here too.</summary>
internal static class Version6
{
    private const string Tables = """
        CREATE TABLE IF NOT EXISTS emr_orders (
            order_key {text} NOT NULL PRIMARY KEY,
            accession_number {text} NOT NULL,
            row_hash {text} NOT NULL,
            state {text} NOT NULL CHECK (state IN ('live', 'cancelled', 'unusable', 'ambiguous')),
            owns_order {integer} NOT NULL,
            scheduled_date {text});
        CREATE INDEX IF NOT EXISTS ix_emr_orders_accession ON emr_orders (accession_number);
        CREATE TABLE IF NOT EXISTS emr_sync (
            name {text} NOT NULL PRIMARY KEY,
            lease_owner {text},
            lease_number {integer} NOT NULL DEFAULT 0,
            lease_until {text},
            settings {text},
            changed_at {text},
            last_key {text},
            compared_at {text});
        INSERT INTO emr_sync (name) VALUES ('orders') ON CONFLICT (name) DO NOTHING;
        CREATE TABLE IF NOT EXISTS emr_runs (
            id {identity},
            started_at {text} NOT NULL,
            reason {text} NOT NULL,
            is_whole {integer} NOT NULL,
            rows_read {integer} NOT NULL,
            added {integer} NOT NULL,
            changed {integer} NOT NULL,
            cancelled {integer} NOT NULL,
            reinstated {integer} NOT NULL,
            set_aside {integer} NOT NULL,
            milliseconds {integer} NOT NULL,
            failure {text});
        """;

    private const string SqliteTrigger = """
        CREATE TRIGGER IF NOT EXISTS tr_items_forget_emr AFTER DELETE ON worklist_items
        BEGIN
            DELETE FROM emr_orders WHERE accession_number = OLD.accession_number AND owns_order = 1;
        END;
        """;

    private const string PostgresTrigger = """
        CREATE OR REPLACE FUNCTION gantry_items_forget_emr() RETURNS trigger LANGUAGE plpgsql AS $body$
        BEGIN
            DELETE FROM emr_orders WHERE accession_number = OLD.accession_number AND owns_order = 1;
            RETURN NULL;
        END $body$;
        CREATE OR REPLACE TRIGGER tr_items_forget_emr AFTER DELETE ON worklist_items
            FOR EACH ROW EXECUTE FUNCTION gantry_items_forget_emr();
        """;

    public static async ValueTask ApplyAsync(SchemaEditor editor)
    {
        await editor.RunAsync(Tables).ConfigureAwait(false);
        await editor.RunAsync(editor.IsSqlite ? SqliteTrigger : PostgresTrigger).ConfigureAwait(false);
    }
}
