using Gantry.Sidecar.Phantoms.Drawing;

namespace Gantry.Sidecar.Tests.Phantoms;

public sealed class UltrasoundTests
{
    private static readonly PhantomImage Image = new Ultrasound(1).Draw(0.5f);

    [Fact]
    public void Beside_the_sector_is_black_and_in_it_is_tissue()
    {
        Assert.Equal(0, Image.Mean(100, 20, 40, 40));
        Assert.InRange(Image.Mean(340, 120, 60, 40), 60, 200);
    }

    [Fact]
    public void The_cyst_in_the_kidney_is_without_echoes_and_the_renal_sinus_is_bright()
    {
        double cyst = Image.Mean(525, 260, 16, 16), sinus = Image.Mean(385, 255, 16, 16), liver = Image.Mean(340, 120, 60, 40);

        Assert.True(cyst < 30);
        Assert.True(sinus > liver + 15);
    }

    [Fact]
    public void The_stone_throws_a_shadow() => Assert.True(Image.Mean(218, 360, 8, 16) < Image.Mean(300, 360, 40, 16) - 50);

    [Fact]
    public void A_test_card_shows_the_code_of_its_modality()
    {
        Assert.NotEqual(TestCard.Draw("NM", 1).Pixels, TestCard.Draw("PT", 1).Pixels);
        Assert.NotEqual(TestCard.Draw("NM", 1).Pixels, TestCard.Draw("NM", 2).Pixels);
        Assert.True(TestCard.Draw("NM", 1).Mean(200, 222, 110, 64) > 40, "no letters in the middle");
    }
}
