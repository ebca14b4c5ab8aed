using Gantry.Dicom;

namespace Orthanc.Net.Tests;

[Collection(ArchiveTests.Name)]
public sealed class ImageTests(RunningOrthanc orthanc)
{
    private static readonly byte[] JpegStart = [0xFF, 0xD8, 0xFF], PngStart = [0x89, (byte)'P', (byte)'N', (byte)'G'];

    private readonly OrthancClient _client = orthanc.Client;

    [Fact]
    public async Task A_thumbnail_is_a_JPEG_of_188_lines()
    {
        var stored = await new SyntheticImage { Rows = 512, Columns = 384 }.UploadAsync(_client);

        await using var thumbnail = await _client.Instances.RenderAsync(stored.Id, RenderOptions.Thumbnail);

        Assert.Equal("image/jpeg", thumbnail.ContentType);
        var bytes = await thumbnail.ReadAllAsync(100_000);
        Assert.Equal(JpegStart, bytes[..3]);
        Assert.Equal((188, 141), JpegSize(bytes));
    }

    [Fact]
    public async Task The_window_and_the_format_are_those_asked_for()
    {
        var stored = await new SyntheticImage().UploadAsync(_client);

        // All values of the ramp (0 to 124) lie above this window: white
        var white = await PamAsync(stored.Id, new() { Format = ImageFormat.Pam, WindowCenter = -500, WindowWidth = 2 });
        var black = await PamAsync(stored.Id, new() { Format = ImageFormat.Pam, WindowCenter = 5000.5, WindowWidth = 2 });
        await using var png = await _client.Instances.PreviewAsync(stored.Id, ImageFormat.Png);

        Assert.All(white, pixel => Assert.Equal(255, pixel));
        Assert.All(black, pixel => Assert.Equal(0, pixel));
        Assert.Equal(PngStart, (await png.ReadAllAsync(10_000))[..4]);
    }

    [Fact]
    public async Task Frames_are_counted_drawn_and_read_one_by_one()
    {
        var image = new SyntheticImage { Frames = 3 };
        var stored = await image.UploadAsync(_client);
        var length = image.Rows * image.Columns;

        Assert.Equal(3, await _client.Instances.CountFramesAsync(stored.Id));
        await using var raw = await _client.Instances.DownloadFrameAsync(stored.Id, 2);
        Assert.Equal(image.Pixels[(2 * length)..], await raw.ReadAllAsync(length));
        await using var drawn = await _client.Instances.RenderFrameAsync(stored.Id, 2, new() { Quality = 50 });
        Assert.Equal((image.Rows, image.Columns), JpegSize(await drawn.ReadAllAsync(10_000)));
    }

    [Fact]
    public async Task A_frame_that_is_not_there_is_an_error()
    {
        var stored = await new SyntheticImage().UploadAsync(_client);

        // 1.10 does not find it, 1.12 cannot render it
        await Assert.ThrowsAnyAsync<OrthancAnswerException>(() => _client.Instances.RenderFrameAsync(stored.Id, 7));
        await Assert.ThrowsAnyAsync<OrthancAnswerException>(() => _client.Instances.DownloadFrameAsync(stored.Id, 7));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => _client.Instances.DownloadFrameAsync(stored.Id, -1));
    }

    [Fact]
    public async Task An_object_without_pixels_cannot_be_rendered()
    {
        var stored = await new SyntheticImage { HasPixels = false }.UploadAsync(_client);

        await Assert.ThrowsAsync<OrthancNotRenderableException>(() => _client.Instances.RenderAsync(stored.Id));
        await Assert.ThrowsAsync<OrthancNotRenderableException>(() => _client.Instances.PreviewAsync(stored.Id));
    }

    [Fact]
    public async Task A_syntax_without_a_decoder_cannot_be_rendered_but_downloaded()
    {
        // JPEG 2000, which Orthanc draws with its GDCM plugin only
        var image = new SyntheticImage { TransferSyntax = TransferSyntax.FromUid("1.2.840.10008.1.2.4.90") };
        var stored = await image.UploadAsync(_client);

        var error = await Assert.ThrowsAsync<OrthancNotRenderableException>(() => _client.Instances.RenderAsync(stored.Id, RenderOptions.Thumbnail));

        Assert.Contains("cannot be rendered", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<OrthancNotRenderableException>(() => _client.Instances.ThumbnailAsync(stored.Id));
        await using var file = await _client.Instances.DownloadAsync(stored.Id);
        Assert.NotEmpty(await file.ReadAllAsync(100_000));
    }

    [Fact]
    public async Task What_Orthanc_would_refuse_is_refused_before()
    {
        RenderOptions[] wrong = [new() { Quality = 0 }, new() { Quality = 101 }, new() { Width = 0 }, new() { Height = -1 }, new() { WindowCenter = double.NaN }];
        foreach (var options in wrong)
            await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => _client.Instances.RenderAsync("any", options));
    }

    [Fact]
    public async Task More_than_was_expected_is_not_taken_into_memory()
    {
        var stored = await new SyntheticImage().UploadAsync(_client);

        await using var file = await _client.Instances.DownloadAsync(stored.Id);

        await Assert.ThrowsAsync<OrthancFormatException>(() => file.ReadAllAsync(100));
    }

    private async Task<byte[]> PamAsync(string id, RenderOptions options)
    {
        await using var drawn = await _client.Instances.RenderAsync(id, options);
        var bytes = await drawn.ReadAllAsync(100_000);
        return bytes[^(16 * 32)..];
    }

    /// <summary>Lines and columns from the frame header (SOF).</summary>
    private static (int Rows, int Columns) JpegSize(byte[] jpeg)
    {
        for (var i = 2; i < jpeg.Length - 9;)
        {
            if (jpeg[i + 1] is 0xC0 or 0xC2)
                return ((jpeg[i + 5] << 8) | jpeg[i + 6], (jpeg[i + 7] << 8) | jpeg[i + 8]);
            i += 2 + ((jpeg[i + 2] << 8) | jpeg[i + 3]);
        }
        throw new InvalidDataException("This JPEG has no frame header.");
    }
}
