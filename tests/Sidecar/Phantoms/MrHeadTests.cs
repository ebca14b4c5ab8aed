using Gantry.Sidecar.Phantoms.Drawing;

namespace Gantry.Sidecar.Tests.Phantoms;

public sealed class MrHeadTests
{
    private static readonly MrHead Head = new(1);

    [Fact]
    public void Outside_the_head_is_only_noise() => Assert.InRange(Head.Draw(4).At(-105, -105, 4), 1, 40);

    [Fact]
    public void Fluid_in_the_ventricles_is_darker_than_grey_matter_and_that_darker_than_white_matter()
    {
        var slice = Head.Draw(4);
        double fluid = slice.At(8, -26, 1), grey = slice.At(10, 10, 1), white = slice.At(-22, 14, 1);

        Assert.True(fluid < 300, $"fluid {fluid:f0}");
        Assert.InRange(grey, fluid + 150, white - 50);
    }

    [Fact]
    public void A_bright_scalp_surrounds_a_dark_skull()
    {
        var slice = Head.Draw(4);
        var line = Enumerable.Range(0, 40).Select(i => slice.At(0, 100 - i, 0)).ToArray();

        var brightest = Array.IndexOf(line, line.Max());
        Assert.True(line.Max() > 700);
        Assert.True(line[(brightest + 1)..].Min() < 150, "no dark bone under the scalp");
    }

    [Fact]
    public void The_brain_is_folded()
    {
        // along a ring under the skull grey matter and clefts take turns
        var slice = Head.Draw(30);
        var ring = Enumerable.Range(0, 360).Select(a =>
            slice.At(48 * Math.Cos(a * Math.PI / 180), 3 + (63 * Math.Sin(a * Math.PI / 180)), 0)).ToArray();

        var crossings = Enumerable.Range(0, 360).Count(i => (ring[i] < 400) != (ring[(i + 1) % 360] < 400));
        Assert.InRange(crossings, 8, 120);
    }

    [Fact]
    public void Towards_the_crown_the_head_gets_smaller() => Assert.True(Area(MrHead.Top - 3) < Area(0) * 0.75);

    private static int Area(float z) => Head.Draw(z).Pixels.Count(p => p > 150);
}
