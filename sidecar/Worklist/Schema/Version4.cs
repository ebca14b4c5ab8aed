namespace Gantry.Worklist.Schema;

/// <summary>How far Orthanc's feed of changes was read.</summary>
internal static class Version4
{
    private const string Tables = """
        CREATE TABLE feed_cursors (
            feed {text} NOT NULL PRIMARY KEY,
            sequence {integer} NOT NULL,
            updated_at {text} NOT NULL);
        """;

    public static async ValueTask ApplyAsync(SchemaEditor editor) => await editor.RunAsync(Tables).ConfigureAwait(false);
}
