using Gantry.Sidecar.Phantoms.Drawing;

namespace Gantry.Sidecar.Tests.Phantoms;

public sealed class MammogramTests
{
    private static readonly Mammogram Breasts = new(1);

    [Theory]
    [InlineData(BreastView.CranioCaudal)]
    [InlineData(BreastView.MedioLateralOblique)]
    internal void The_chest_wall_of_the_right_breast_is_on_the_right_of_the_image_and_of_the_left_on_the_left(BreastView view)
    {
        PhantomImage right = Breasts.Draw(isRight: true, view, 384), left = Breasts.Draw(isRight: false, view, 384);

        Assert.True(Half(right, isRightHalf: true) > 2 * Half(right, isRightHalf: false));
        Assert.True(Half(left, isRightHalf: false) > 2 * Half(left, isRightHalf: true));
    }

    [Fact]
    public void Air_is_black_fat_grey_and_gland_brighter()
    {
        var image = Breasts.Draw(isRight: false, BreastView.CranioCaudal, 768);
        double air = image.Mean(720, 20, 30, 30), fat = image.Mean(20, 200, 20, 20), gland = image.Mean(200, 480, 60, 60);

        Assert.True(air < 40);
        Assert.InRange(fat, air + 300, gland - 300);
    }

    [Fact]
    public void The_pectoral_muscle_is_seen_in_the_oblique_view_only()
    {
        PhantomImage oblique = Breasts.Draw(isRight: true, BreastView.MedioLateralOblique, 384),
            above = Breasts.Draw(isRight: true, BreastView.CranioCaudal, 384);

        // the upper corner at the chest wall
        Assert.True(oblique.Mean(350, 20, 20, 40) > 1200);
        Assert.True(above.Mean(350, 20, 20, 40) < oblique.Mean(350, 20, 20, 40) - 500);
    }

    [Fact]
    public void The_left_breast_has_a_cluster_of_calcifications()
    {
        var image = Breasts.Draw(isRight: false, BreastView.CranioCaudal, 1536);
        var spots = 0;
        // 46 mm from the chest wall, 24 mm above the nipple: single bright pixels that stand out from their surroundings
        for (var row = 1024 - 300; row < 1024 - 180; row++)
        {
            for (var column = 400; column < 520; column++)
            {
                var here = image.Pixels[(row * image.Columns) + column];
                if (here > image.Mean(column - 5, row - 5, 11, 11) + 500)
                    spots++;
            }
        }

        Assert.InRange(spots, 8, 400);
    }

    [Fact]
    public void Size_follows_the_option()
    {
        var image = Breasts.Draw(isRight: true, BreastView.CranioCaudal, 1536);

        Assert.Equal((1536, 2048), (image.Columns, image.Rows));
    }

    private static double Half(PhantomImage image, bool isRightHalf) =>
        image.Mean(isRightHalf ? image.Columns / 2 : 0, 0, image.Columns / 2, image.Rows);
}
