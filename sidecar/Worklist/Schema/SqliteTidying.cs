namespace Gantry.Worklist.Schema;

/// <summary>
/// The triggers of <see cref="SqliteTriggers"/> that fill in rows, made anew so that they tidy the values that orders are found by.
/// A trigger cannot change a row before it is written, so they do it right after.
/// </summary>
internal static class SqliteTidying
{
    private const string Now = "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')";

    private const string NewUid = "'2.25.' || (1 + abs(random() % 9)) || printf('%018d', abs(random() % 1000000000000000000))"
        + " || printf('%018d', abs(random() % 1000000000000000000))";

    private static readonly TidyColumns Tidy = TidyColumns.Sqlite;

    private static readonly string IsIncomplete =
        string.Join(" OR ", TidyColumns.Ids.Select(static id => $"coalesce({Tidy.Of("NEW.", id)}, '') = ''"));

    private static readonly string SetOthers = string.Join(", ",
        TidyColumns.All.Except(TidyColumns.Ids).Select(static column => $"{column} = {Tidy.Of("", column)}"));

    // Filling in and tidying is no change that anybody asked for, so tr_items_stamp passes over rows that are to be filled or tidied
    public static readonly string Create = $"""
        DROP TRIGGER tr_items_fill;
        DROP TRIGGER tr_items_keep;
        DROP TRIGGER tr_items_stamp;
        CREATE TRIGGER tr_items_fill AFTER INSERT ON worklist_items
        WHEN {IsIncomplete} OR NEW.status IS NULL OR NEW.created_at IS NULL OR NEW.updated_at IS NULL
            OR NEW.accession_number IS NOT {Tidy.AccessionNumber("NEW.")} OR {Tidy.IsUntidy("NEW.")}
        BEGIN
            UPDATE worklist_items SET
                accession_number = {Tidy.AccessionNumber("")},
                {SetIds(static _ => "NULL")},
                {SetOthers},
                status = coalesce(status, 'SCHEDULED'),
                created_at = coalesce(created_at, {Now}),
                updated_at = coalesce(updated_at, {Now})
            WHERE rowid = NEW.rowid;
            -- INSERT OR IGNORE of a number that another row has without the blanks: the update above was ignored, so is the row.
            DELETE FROM worklist_items WHERE rowid = NEW.rowid AND accession_number IS NOT {Tidy.AccessionNumber("")};
        END;
        CREATE TRIGGER tr_items_stamp AFTER UPDATE ON worklist_items
        WHEN NEW.updated_at IS OLD.updated_at
            AND OLD.study_instance_uid <> '' AND OLD.requested_procedure_id <> '' AND OLD.scheduled_step_id <> ''
            AND NOT ({Tidy.IsUntidy("OLD.")})
        BEGIN
            UPDATE worklist_items SET updated_at = {Now} WHERE rowid = NEW.rowid;
        END;
        CREATE TRIGGER tr_items_keep AFTER UPDATE OF {string.Join(", ", TidyColumns.All)} ON worklist_items
        WHEN {IsIncomplete} OR {Tidy.IsUntidy("NEW.")}
        BEGIN
            UPDATE worklist_items SET {SetIds(static id => $"nullif(OLD.{id}, '')")}, {SetOthers} WHERE rowid = NEW.rowid;
        END;
        CREATE TRIGGER tr_items_number AFTER UPDATE OF accession_number ON worklist_items
        WHEN NEW.accession_number IS NOT {Tidy.AccessionNumber("NEW.")}
        BEGIN
            UPDATE worklist_items SET accession_number = {Tidy.AccessionNumber("")} WHERE rowid = NEW.rowid;
        END;
        """;

    /// <summary>What the row says, else what it said before, else a new UID or the accession number.</summary>
    private static string SetIds(Func<string, string> before) =>
        string.Join(", ", TidyColumns.Ids.Select(id => $"{id} = coalesce(nullif({Tidy.Of("", id)}, ''), {before(id)}, "
            + (id == "study_instance_uid" ? NewUid : $"substr({Tidy.AccessionNumber("")}, 1, 16)") + ")"));
}
