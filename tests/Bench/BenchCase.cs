using System.Globalization;

namespace Gantry.Bench;

/// <summary>What is read off a measurement.</summary>
internal enum Figure
{
    PerSecond,
    AnswersPerSecond,
    MedianMilliseconds,
    Megabytes,
}

/// <summary>One row of the table.</summary>
/// <param name="Name">What a reader sees.</param>
/// <param name="Arguments">The load client's, without port and time limit.</param>
/// <param name="Figure">What counts.</param>
/// <param name="CannedAnswers">How many answers the ceiling's canned server gives to a query.</param>
/// <param name="IsMpps">Left out on servers without MPPS.</param>
internal sealed record BenchCase(string Name, string Arguments, Figure Figure, int CannedAnswers = 1, bool IsMpps = false)
{
    /// <summary>The cases at one size; what an answer should hold follows from how the items are spread.</summary>
    public static IReadOnlyList<BenchCase> For(int items)
    {
        var today = TimeProvider.System.GetLocalNow().ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        var listed = WorklistItems.TodayOf(WorklistItems.QueriedModality, items);
        var accession = $"--acc-range {WorklistItems.AccessionFormat} 0 {items} --expect 1";
        return
        [
            new($"today + modality ({listed} answers), 16 associations, queries/s",
                $"find --assocs 16 --count 100000 --modality {WorklistItems.QueriedModality} --date {today} --expect {listed}",
                Figure.PerSecond, listed),
            new($"today + modality ({listed} answers), 4 associations, queries/s",
                $"find --assocs 4 --count 100000 --modality {WorklistItems.QueriedModality} --date {today} --expect {listed}",
                Figure.PerSecond, listed),
            new("accession number, 4 associations, queries/s", $"find --assocs 4 --count 1000000 {accession}", Figure.PerSecond),
            new("accession number, 1 association, p50 ms", $"find --assocs 1 --count 1000000 {accession}", Figure.MedianMilliseconds),
            new("the same, Nagle's algorithm on, p50 ms", $"find --assocs 1 --count 1000000 --nagle {accession}", Figure.MedianMilliseconds),
            new("everything, 1 association, answers/s", $"find --assocs 1 --count 1000 --universal --expect {items}", Figure.AnswersPerSecond, items),
            new("new association + C-ECHO + release, 4 at a time, per s", "echo --assocs 4 --count 100000", Figure.PerSecond),
            // Last, because it starts exams: they leave the list of what is scheduled
            new("MPPS create + set pairs/s, 16 associations", "mpps --assocs 16 --count 100000", Figure.PerSecond, IsMpps: true),
        ];
    }
}
