using Gantry.Dicom;

namespace Orthanc.Net.Tests;

/// <summary>Thumbnails of a ramp with sixteen steps of 100: in the right window they run from black to white.</summary>
[Collection(ArchiveTests.Name)]
public sealed class ThumbnailTests(RunningOrthanc orthanc)
{
    private static readonly RenderOptions Exact = new() { Format = ImageFormat.Pam };

    private readonly OrthancClient _client = orthanc.Client;

    [Theory]
    [InlineData(1000, false, null)]
    [InlineData(-700, true, null)]
    [InlineData(-700, true, "-1024")]
    [InlineData(60_000, false, "-1024")]
    public async Task Without_a_window_in_the_file_it_is_that_of_the_image(int first, bool isSigned, string? intercept)
    {
        var image = Ramp(first) with
        {
            IsSigned = isSigned,
            More = dataset =>
            {
                if (intercept is not null)
                    dataset.Set(DicomTags.RescaleIntercept, intercept).Set(DicomTags.RescaleSlope, "2");
            },
        };
        var stored = await image.UploadAsync(_client);

        var pixels = await PixelsAsync(stored.Id);

        Assert.InRange(pixels[0], 0, 1);
        Assert.InRange(pixels[15], 254, 255);
        Assert.Equal(16, pixels.Distinct().Count());
    }

    [Fact]
    public async Task Padding_is_no_part_of_the_image()
    {
        var image = Ramp(100) with { IsSigned = true, More = dataset => dataset.SetNumbers(DicomTags.PixelPaddingValue, -30_000) };
        var values = image.WideValues!.ToArray();
        values[3] = -30_000;
        var stored = await (image with { WideValues = values }).UploadAsync(_client);

        var pixels = await PixelsAsync(stored.Id);

        Assert.Equal((0, 0), (pixels[0], pixels[3]));
        Assert.InRange(pixels[15], 254, 255);
        Assert.InRange(pixels[7], 100, 140);
    }

    [Fact]
    public async Task The_window_of_the_file_comes_first()
    {
        var image = Ramp(1000) with { More = dataset => dataset.Set(DicomTags.WindowCenter, "100").Set(DicomTags.WindowWidth, "10") };
        var stored = await image.UploadAsync(_client);

        Assert.All(await PixelsAsync(stored.Id), pixel => Assert.Equal(255, pixel));
    }

    [Fact]
    public async Task An_image_of_one_value_is_drawn_all_the_same()
    {
        var stored = await (Ramp(0) with { WideValues = [.. Enumerable.Repeat(500, 16)] }).UploadAsync(_client);

        Assert.Single((await PixelsAsync(stored.Id)).Distinct());
    }

    [Fact]
    public async Task A_large_image_is_measured_as_a_whole()
    {
        var values = new int[1000 * 301];
        Array.Fill(values, 2000);
        (values[0], values[^1]) = (1000, 3000);
        var stored = await (Ramp(0) with { Rows = 1000, Columns = 301, WideValues = values }).UploadAsync(_client);

        await using var drawn = await _client.Instances.ThumbnailAsync(stored.Id, rendering: Exact);
        var pixels = (await drawn.ReadAllAsync(1_000_000))[^values.Length..];

        Assert.InRange(pixels[1], 126, 129);
        Assert.InRange(pixels[0], 0, 1);
        Assert.InRange(pixels[^1], 254, 255);
    }

    [Fact]
    public async Task The_usual_one_is_a_JPEG_188_lines_high()
    {
        var stored = await new SyntheticImage { Rows = 376, Columns = 376 }.UploadAsync(_client);

        await using var thumbnail = await _client.Instances.ThumbnailAsync(stored.Id);

        Assert.Equal("image/jpeg", thumbnail.ContentType);
        Assert.NotEmpty(await thumbnail.ReadAllAsync(50_000));
    }

    [Fact]
    public async Task What_cannot_be_drawn_has_no_thumbnail()
    {
        var stored = await new SyntheticImage { HasPixels = false }.UploadAsync(_client);

        await Assert.ThrowsAsync<OrthancNotRenderableException>(() => _client.Instances.ThumbnailAsync(stored.Id));
        await Assert.ThrowsAsync<OrthancNotFoundException>(() => _client.Instances.ThumbnailAsync("nothing"));
    }

    private static SyntheticImage Ramp(int first) =>
        new() { Rows = 1, Columns = 16, WideValues = [.. Enumerable.Range(0, 16).Select(step => first + (step * 100))] };

    private async Task<byte[]> PixelsAsync(string id)
    {
        await using var drawn = await _client.Instances.ThumbnailAsync(id, rendering: Exact);
        return (await drawn.ReadAllAsync(10_000))[^16..];
    }
}
