namespace Gantry.Worklist.Schema;

/// <summary>Who has taken a message, delivered messages by age for their purge, and the cloud's actions that were done.</summary>
internal static class Version5
{
    private const string Rest = """
        CREATE INDEX IF NOT EXISTS ix_outbox_taken ON outbox (target, taken_by) WHERE taken_by IS NOT NULL;
        CREATE INDEX IF NOT EXISTS ix_outbox_delivered ON outbox (delivered_at) WHERE delivered_at IS NOT NULL;
        CREATE TABLE IF NOT EXISTS actions_done (
            action_id {text} NOT NULL,
            kind {text} NOT NULL,
            result {text} NOT NULL,
            done_at {text} NOT NULL,
            PRIMARY KEY (action_id, kind));
        CREATE INDEX IF NOT EXISTS ix_actions_done_at ON actions_done (done_at);
        """;

    public static async ValueTask ApplyAsync(SchemaEditor editor)
    {
        await editor.EnsureTableAsync("outbox", [new("taken_by", "{text}")]).ConfigureAwait(false);
        await editor.RunAsync(Rest).ConfigureAwait(false);
    }
}
