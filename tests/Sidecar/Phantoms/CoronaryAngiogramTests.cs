using Gantry.Sidecar.Phantoms.Drawing;

namespace Gantry.Sidecar.Tests.Phantoms;

public sealed class CoronaryAngiogramTests
{
    private static readonly PhantomImage Run = CoronaryAngiogram.Draw(1, 20);

    [Fact]
    public void Twenty_frames_of_512_by_512() => Assert.Equal((20, 512, 512), (Run.Frames, Run.Columns, Run.Rows));

    [Fact]
    public void Contrast_flows_in_fills_the_tree_and_washes_out()
    {
        var vessel = Enumerable.Range(0, 20).Select(DarkPixels).ToArray();

        Assert.True(vessel[0] < 100, $"{vessel[0]} dark pixels before the injection");
        Assert.True(vessel[9] > 3000, $"{vessel[9]} dark pixels when full");
        Assert.True(vessel[5] > 400 && vessel[5] < vessel[9] * 0.9, $"{vessel[5]} dark pixels on the way");
        Assert.True(vessel[19] < vessel[9] / 5, $"{vessel[19]} dark pixels at the end");
    }

    [Fact]
    public void The_stem_fills_before_the_tips()
    {
        // the left main stem, and far down the anterior descending artery
        var stem = Enumerable.Range(0, 20).First(f => Run.At(-33, -30, 6, f) < Run.At(-33, -30, 6, 0) - 20);
        var tip = Enumerable.Range(0, 20).First(f => Darkest(46, 42, f) < Darkest(46, 42, 0) - 25);

        Assert.True(stem < tip, $"stem in frame {stem}, tip in frame {tip}");
    }

    [Fact]
    public void A_run_of_one_frame_can_be_drawn() => Assert.Equal(1, CoronaryAngiogram.Draw(1, 1, 128).Frames);

    private static double Darkest(double x, double y, int frame) =>
        Enumerable.Range(-8, 17).Min(dx => Run.At(x + dx, y, 1, frame));

    // pixels clearly darker than the background that the first frame shows at their place
    private static int DarkPixels(int frame)
    {
        var count = 0;
        for (var i = 0; i < 512 * 512; i++)
            count += Run.Pixels[(frame * 512 * 512) + i] < Run.Pixels[i] - 35 ? 1 : 0;
        return count;
    }
}
