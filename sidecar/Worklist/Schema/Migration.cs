namespace Gantry.Worklist.Schema;

/// <summary>A step from one version of the schema to the next. Once released it is never changed.</summary>
/// <param name="Version">The version it leads to.</param>
/// <param name="What">What it brings, for the log.</param>
/// <param name="ApplyAsync">Does it.</param>
internal sealed record Migration(int Version, string What, Func<SchemaEditor, ValueTask> ApplyAsync)
{
    public static IReadOnlyList<Migration> All { get; } =
    [
        new(1, "orders and performed steps", Version1.ApplyAsync),
        new(2, "scheduled step details, whole MPPS objects, outbox, set-aside list", Version2.ApplyAsync),
        new(3, "values that orders are found by are kept without blanks around them", Version3.ApplyAsync),
        new(4, "how far the archive's changes were read", Version4.ApplyAsync),
        new(5, "who has taken a message, actions of the cloud that were done", Version5.ApplyAsync),
        new(6, "which orders came from the EMR", Version6.ApplyAsync),
        new(7, "which statuses the EMR was told", Version7.ApplyAsync),
    ];
}
