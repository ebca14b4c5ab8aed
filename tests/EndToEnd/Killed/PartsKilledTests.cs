using Xunit.Abstractions;

namespace Gantry.EndToEnd.Tests.Killed;

/// <summary>One part after the other dies at moments that a seed chooses, while a day's exams are performed.</summary>
public sealed class PartsKilledTests(ITestOutputHelper output)
{
    [Fact]
    public Task Whatever_dies_each_exam_ends_as_it_did_and_each_image_is_there_once() => TroubledDay.LiveThroughAsync(output, async day =>
    {
        var happening = day.Misfortunes.HappenAsync();
        var exams = await Task.WhenAll(day.Plans.Select(plan => day.PerformAsync(plan)));
        await happening;
        return exams;
    });
}
