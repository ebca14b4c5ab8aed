using Gantry.Sidecar.Phantoms.Drawing;

namespace Gantry.Sidecar.Tests.Phantoms;

public sealed class CtBodyTests
{
    private static readonly CtBody Body = new(1);

    [Fact]
    public void Outside_the_body_is_air() => Assert.InRange(Body.Draw(30, 10).At(-180, -180), -1010, -985);

    [Theory]
    [InlineData(-85, 20)]
    [InlineData(95, 20)]
    public void Lungs_on_both_sides_are_darker_than_fat_and_lighter_than_air(double x, double y) =>
        Assert.InRange(Body.Draw(50, 10).At(x, y), -930, -700);

    [Fact]
    public void Fat_is_darker_than_muscle_and_muscle_darker_than_bone()
    {
        var slice = Body.Draw(30, 10);
        double fat = slice.At(-157, 0), muscle = slice.At(27, 79, 4), bone = slice.At(0, 46, 4);

        Assert.InRange(fat, -140, -70);
        Assert.InRange(muscle, 35, 85);
        Assert.True(bone > 150, $"the vertebra measures {bone:f0} HU");
    }

    [Fact]
    public void The_heart_lies_more_to_the_patients_left_which_is_the_right_of_the_image()
    {
        var slice = Body.Draw(45, 10);

        Assert.True(slice.At(60, -25) > 50);
        Assert.True(slice.At(-60, -25) < -500);
    }

    [Fact]
    public void The_liver_lies_to_the_patients_right_and_the_spleen_to_the_left()
    {
        var slice = Body.Draw(-35, 10);

        Assert.InRange(slice.At(-85, 0, 5), 85, 150);
        Assert.InRange(slice.At(103, 36, 3), 95, 150);
    }

    [Fact]
    public void Both_kidneys_are_in_the_lowest_slices_and_the_lungs_are_gone()
    {
        var slice = Body.Draw(-75, 10);

        Assert.True(slice.At(-85, 46) > 130, "right kidney");
        Assert.True(slice.At(85, 46) > 130, "left kidney");
        Assert.True(LungArea(slice) < LungArea(Body.Draw(60, 10)) / 20);
    }

    [Fact]
    public void Anatomy_changes_smoothly_from_slice_to_slice()
    {
        for (var z = CtBody.Top; z > CtBody.Bottom + 2; z -= 10)
        {
            PhantomImage here = Body.Draw(z, 2, 128), next = Body.Draw(z - 2, 2, 128),
                far = Body.Draw(z - 40 < CtBody.Bottom ? z + 40 : z - 40, 2, 128);

            Assert.True(Difference(here, next) < Difference(here, far) * 0.6, $"from {z} to {z - 2} mm");
        }
    }

    private static int LungArea(PhantomImage slice)
    {
        // only air inside the body: within 70 mm of its middle
        var area = 0;
        for (var y = -60; y < 60; y += 2)
        {
            for (var x = -110; x < 110; x += 2)
                area += slice.At(x, y, 0) < -500 ? 1 : 0;
        }

        return area;
    }

    private static double Difference(PhantomImage a, PhantomImage b) =>
        a.Pixels.Zip(b.Pixels, (x, y) => Math.Abs(Math.Min((int)x, 1400) - Math.Min((int)y, 1400))).Average();
}
