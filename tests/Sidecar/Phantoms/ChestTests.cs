using Gantry.Sidecar.Phantoms.Drawing;

namespace Gantry.Sidecar.Tests.Phantoms;

public sealed class ChestTests
{
    private static readonly PhantomImage Radiograph = Chest.Draw(1, 880, lowIsWhite: false);

    [Fact]
    public void The_full_size_is_1760_by_2140()
    {
        var image = Chest.Draw(1, 1760, lowIsWhite: true);

        Assert.Equal((1760, 2140), (image.Columns, image.Rows));
        Assert.Equal(0.2, image.PixelSpacing, 3);
    }

    [Theory]
    [InlineData(-80)]
    [InlineData(85)]
    public void Lungs_are_darker_than_the_belly_and_the_heart(double x)
    {
        var lung = Radiograph.At(x, -20, 8);

        Assert.True(lung < Radiograph.At(x, 150, 8) - 500);
        Assert.True(lung < Radiograph.At(20, 40, 8) - 500);
    }

    [Fact]
    public void Beside_the_neck_is_air_which_is_darker_than_the_lungs() =>
        Assert.True(Radiograph.At(-150, -200, 8) < Radiograph.At(-80, -20, 8));

    [Fact]
    public void The_heart_reaches_further_to_the_patients_left_which_is_the_right_of_the_image() =>
        Assert.True(Radiograph.At(62, 60, 8) > Radiograph.At(-62, 60, 8) + 300);

    [Fact]
    public void The_right_dome_of_the_diaphragm_stands_higher() =>
        Assert.True(Radiograph.At(-66, 88, 4) > Radiograph.At(80, 82, 4) + 300);

    [Fact]
    public void Ribs_cross_the_lung()
    {
        // down the middle of the right lung the brightness goes up and down with every rib
        var column = Enumerable.Range(0, 190).Select(i => Radiograph.At(-95, -110 + i, 2)).ToArray();
        var smooth = Enumerable.Range(0, column.Length - 24).Select(i => column.Skip(i).Take(24).Average()).ToArray();
        var crossings = Enumerable.Range(12, smooth.Length - 14).Count(i =>
            (column[i] > smooth[i - 12]) != (column[i + 1] > smooth[i - 11]));

        Assert.True(crossings >= 10, $"{crossings} edges");
    }

    [Fact]
    public void Monochrome1_is_the_same_picture_with_low_values_white()
    {
        var inverted = Chest.Draw(1, 880, lowIsWhite: true);

        Assert.True(inverted.LowIsWhite);
        Assert.True(inverted.At(-80, -20, 8) > inverted.At(20, 40, 8));
        Assert.InRange(inverted.At(-80, -20, 8) + Radiograph.At(-80, -20, 8), 4085, 4100);
    }

    [Fact]
    public void The_window_shows_lungs_and_heart_without_clipping_them()
    {
        double low = Radiograph.WindowCenter - (Radiograph.WindowWidth / 2),
            high = Radiograph.WindowCenter + (Radiograph.WindowWidth / 2);

        Assert.InRange(Radiograph.At(-80, -20, 8), low, high);
        Assert.InRange(Radiograph.At(20, 40, 8), low, high);
    }
}
