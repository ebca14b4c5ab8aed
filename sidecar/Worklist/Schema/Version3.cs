namespace Gantry.Worklist.Schema;

/// <summary>Values padded with blanks or written in other letters are made what queries ask for, in old rows and in new ones.</summary>
internal static class Version3
{
    public static async ValueTask ApplyAsync(SchemaEditor editor)
    {
        TidyColumns tidy = editor.IsSqlite ? TidyColumns.Sqlite : TidyColumns.Postgres;
        await editor.RunAsync(editor.IsSqlite ? SqliteTidying.Create : PostgresTidying.Create).ConfigureAwait(false);
        await editor.RunAsync(MendNumbers(tidy)).ConfigureAwait(false);
        // The triggers do it, for every row that is written
        await editor.RunAsync($"UPDATE worklist_items SET patient_id = patient_id WHERE {tidy.IsUntidy("")}").ConfigureAwait(false);
    }

    /// <summary>
    /// The accession number is a key: where two orders would get the same one, both stay and the admin is told. What refers to
    /// an order by its number follows, so that an exam under way goes on.
    /// </summary>
    private static string MendNumbers(TidyColumns tidy)
    {
        string number = tidy.AccessionNumber("");
        string isUntidy = $"accession_number {tidy.Differs} {number}";
        string isGone = $"{isUntidy} AND accession_number NOT IN (SELECT item.accession_number FROM worklist_items AS item)";
        return $"""
            UPDATE worklist_items SET accession_number = {number} WHERE {isUntidy} AND {number} NOT IN (
                SELECT {number} FROM worklist_items GROUP BY 1 HAVING count(*) > 1);
            INSERT INTO set_aside (reference, reason, first_seen, last_seen)
                SELECT accession_number,
                    'Without the blanks around it this accession number is that of another order. Remove one of the two.',
                    updated_at, updated_at
                FROM worklist_items WHERE {isUntidy} ON CONFLICT (reference) DO NOTHING;
            UPDATE mpps_tracking SET accession_number = {number} WHERE {isGone};
            UPDATE mpps_orders SET accession_number = {number} WHERE {isGone} AND NOT EXISTS (
                SELECT 1 FROM mpps_orders AS twin WHERE twin.sop_instance_uid = mpps_orders.sop_instance_uid
                AND twin.accession_number = {tidy.AccessionNumber("mpps_orders.")});
            UPDATE outbox SET order_key = {tidy.Trim("order_key")} WHERE delivered_at IS NULL AND order_key <> {tidy.Trim("order_key")};
            """;
    }
}
