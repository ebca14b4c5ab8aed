namespace Gantry.EmrSync.Demo;

/// <summary>Invented patients, in the ways in which Korean EMRs write names.</summary>
internal sealed record DemoPatient(string Name, string Chart, string Birth, string Sex)
{
    public static IReadOnlyList<DemoPatient> All { get; } =
    [
        new("한지우", "700201", "19881012", "F"), new("윤도현", "700202", "19740329", "M"), new("MORGAN, LUCY", "700203", "19910605", "F"),
        new("제갈민", "700204", "19691224", "M"), new("오세라(吳世羅)", "700205", "19820218", "F"), new("COOPER, HENRY", "700206", "19560709", "M"),
        new("임하늘", "700207", "20050901", "F"), new("독고영재", "700208", "19610417", "M"), new("BAKER, AMELIA", "700209", "19770130", "F"),
        new("송가람", "700210", "19951108", "M"), new("류승범", "700211", "19801003", "M"),
    ];

    public static IReadOnlyList<string> Modalities { get; } = ["MG", "US", "CT", "CR", "MR"];

    /// <summary>A spelling mistake that somebody put right; done twice it is as it was.</summary>
    public static string Corrected(string name) => name.EndsWith('2') ? name[..^1] : name + "2";

    /// <summary>The next one in the list.</summary>
    public static string Other(string modality)
    {
        int index = Modalities.TakeWhile(one => one != modality).Count();
        return Modalities[(index + 1) % Modalities.Count];
    }
}
