namespace Gantry.Worklist.Schema;

/// <summary>Which message about an order's exam is the newest that the EMR was told.</summary>
internal static class Version7
{
    public static async ValueTask ApplyAsync(SchemaEditor editor) =>
        await editor.EnsureTableAsync("emr_orders", [new("told_id", "{integer}")]).ConfigureAwait(false);
}
