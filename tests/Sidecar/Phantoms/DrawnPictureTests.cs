using Gantry.Sidecar.Phantoms.Drawing;

namespace Gantry.Sidecar.Tests.Phantoms;

public sealed class DrawnPictureTests
{
    private static readonly Dictionary<string, Func<int, PhantomImage>> Pictures = new()
    {
        ["CT chest"] = seed => new CtBody(seed).Draw(30, 10),
        ["CT abdomen"] = seed => new CtBody(seed).Draw(-60, 10),
        ["MR"] = seed => new MrHead(seed).Draw(4),
        ["CR"] = seed => Chest.Draw(seed, 440, lowIsWhite: true),
        ["DX"] = seed => Chest.Draw(seed, 440, lowIsWhite: false),
        ["MG CC"] = seed => new Mammogram(seed).Draw(isRight: true, BreastView.CranioCaudal, 384),
        ["MG MLO"] = seed => new Mammogram(seed).Draw(isRight: false, BreastView.MedioLateralOblique, 384),
        ["XA"] = seed => CoronaryAngiogram.Draw(seed, 2, 256),
        ["US"] = seed => new Ultrasound(seed).Draw(),
    };

    public static TheoryData<string> Names => [.. Pictures.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Is_neither_noise_nor_a_flat_square(string name)
    {
        var image = Pictures[name](1);

        Assert.True(image.NeighbourCorrelation() > 0.7, $"neighbours correlate by {image.NeighbourCorrelation():f2}");
        Assert.True(image.WindowEntropy() > 1.2, $"the histogram holds {image.WindowEntropy():f2} bits");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_same_seed_draws_the_same_and_another_seed_another_picture(string name)
    {
        var image = Pictures[name](5);

        Assert.Equal(image.Pixels, Pictures[name](5).Pixels);
        Assert.NotEqual(image.Pixels, Pictures[name](6).Pixels);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Pixels_fit_the_bits_stored_and_fill_the_frames(string name)
    {
        var image = Pictures[name](2);

        Assert.All(image.Pixels.Chunk(4096), chunk => Assert.InRange(chunk.Max(), 0, (1 << image.BitsStored) - 1));
        Assert.Equal(image.Frames * image.Rows * image.Columns, image.Pixels.Length);
        Assert.Equal(image.Pixels.Length * (image.BitsStored > 8 ? 2 : 1), image.ToBytes().Length);
    }

    [Fact]
    public void The_value_of_pixel_data_has_an_even_length()
    {
        var image = new PhantomImage(3, 3, 8, [1, 2, 3, 4, 5, 6, 7, 8, 9])
        {
            WindowCenter = 5, WindowWidth = 10, PixelSpacing = 1,
        };

        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 9, 0], image.ToBytes());
    }

    [Fact]
    public void Words_are_little_endian()
    {
        var image = new PhantomImage(1, 1, 12, [0x0102]) { WindowCenter = 5, WindowWidth = 10, PixelSpacing = 1 };

        Assert.Equal([0x02, 0x01], image.ToBytes());
    }
}
