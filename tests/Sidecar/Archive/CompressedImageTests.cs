using System.Net;
using Gantry.Dicom;
using Gantry.Sidecar.Archive.Pictures;
using Gantry.Sidecar.Archive.Thumbnails;
using Microsoft.Extensions.DependencyInjection;
using Orthanc.Net;
using Orthanc.Net.Tests;

namespace Gantry.Sidecar.Tests.Archive;

/// <summary>Images of every syntax look like their uncompressed originals, whoever decodes them.</summary>
[Collection(WithArchive.Name)]
public sealed class CompressedImageTests(ArchiveHouse house)
{
    private readonly IThumbnails _thumbnails = house.Gateway.Services.GetRequiredService<IThumbnails>();

    [Theory]
    [InlineData("--j2k")]
    [InlineData("--jpegls")]
    [InlineData("--rle")]
    [InlineData("--jpeg")]
    public async Task A_frame_of_any_syntax_is_the_same_picture(string option) =>
        await SameAsPlainAsync(Slope(signed: false), option, "format=png");

    [Theory]
    [InlineData("format=png")]
    [InlineData("format=png&windowCenter=0&windowWidth=400")]
    [InlineData("format=png&height=20")]
    public async Task JPEG_2000_with_signed_values_is_windowed_as_Orthanc_would(string query) =>
        await SameAsPlainAsync(Slope(signed: true) with { More = data => data.Set(DicomTags.RescaleSlope, "2").Set(DicomTags.RescaleIntercept, "-10") }, "--j2k", query);

    [Fact]
    public async Task JPEG_2000_keeps_the_window_of_the_file_and_turns_MONOCHROME1_round()
    {
        await SameAsPlainAsync(Slope(false) with { More = data => data.Set(DicomTags.WindowCenter, "1500").Set(DicomTags.WindowWidth, "700") }, "--j2k", "format=png");
        await SameAsPlainAsync(Slope(false) with { More = data => data.Set(DicomTags.PhotometricInterpretation, "MONOCHROME1") }, "--j2k", "format=png");
    }

    [Fact]
    public async Task JPEG_2000_in_several_frames_shows_the_frame_that_is_asked_for()
    {
        var image = new SyntheticImage { Frames = 3, Rows = 64, Columns = 64 };
        await Gdcmconv.UploadAsync(house.Client, image, "--j2k");
        var pictures = new HashSet<string>();
        for (var frame = 0; frame < 3; frame++)
            pictures.Add(Convert.ToHexString(await FrameAsync(image, frame, "format=png&windowCenter=128&windowWidth=256")));
        Assert.Equal(3, pictures.Count);
    }

    [Theory]
    [InlineData("--j2k")]
    [InlineData("--jpegls")]
    [InlineData("--raw")]
    public async Task A_thumbnail_is_a_small_JPEG_188_lines_high(string option)
    {
        var stored = await Gdcmconv.UploadAsync(house.Client, Slope(signed: true) with { Rows = 752, Columns = 376, WideValues = Values(752, 376, signed: true) }, option);
        var thumbnail = Assert.IsType<Thumbnail.Picture>(await _thumbnails.MakeAsync(stored.Id, null, CancellationToken.None));
        Assert.Equal((94, 188), (thumbnail.Width, thumbnail.Height));
        Assert.InRange(thumbnail.Jpeg.Length, 300, 8000);
    }

    [Fact]
    public async Task Our_JPEG_is_read_by_others_as_the_picture_that_was_written()
    {
        var bytes = new byte[37 * 50];
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] = (byte)(((i % 37) * 5) + (i / 37));
        var jpeg = JpegWriter.Write(new(37, 50, 1, bytes), 95);
        var image = new SyntheticImage { Rows = 50, Columns = 37, TransferSyntax = TransferSyntax.FromUid("1.2.840.10008.1.2.4.50") };
        await (image with { Fragment = jpeg.Length % 2 == 0 ? jpeg : [.. jpeg, 0] }).UploadAsync(house.Client);
        AssertClose(bytes, PngPixels.Gray(await FrameAsync(image, 0, "format=png&windowCenter=128&windowWidth=256")), 3);
    }

    [Fact]
    public async Task What_has_no_picture_is_no_exception()
    {
        var empty = await new SyntheticImage { HasPixels = false }.UploadAsync(house.Client);
        var report = Assert.IsType<Thumbnail.None>(await _thumbnails.MakeAsync(empty.Id, null, CancellationToken.None));
        Assert.Contains("no image", report.Reason, StringComparison.Ordinal);

        var nonsense = await new SyntheticImage { TransferSyntax = TransferSyntax.FromUid("1.2.840.10008.1.2.4.90") }.UploadAsync(house.Client);
        var damaged = Assert.IsType<Thumbnail.None>(await _thumbnails.MakeAsync(nonsense.Id, null, CancellationToken.None));
        Assert.Contains("no JPEG 2000", damaged.Reason, StringComparison.Ordinal);

        var video = await new SyntheticImage { TransferSyntax = TransferSyntax.FromUid("1.2.840.10008.1.2.4.102") }.UploadAsync(house.Client);
        Assert.IsType<Thumbnail.None>(await _thumbnails.MakeAsync(video.Id, null, CancellationToken.None));

        await Assert.ThrowsAsync<OrthancNotFoundException>(() => _thumbnails.MakeAsync("nothing", null, CancellationToken.None));
    }

    [Fact]
    public async Task A_codestream_that_is_cut_off_or_lies_about_its_size_ends_as_no_picture()
    {
        foreach (var length in new[] { 30, 60, 200 })
        {
            var cut = await Gdcmconv.UploadAsync(house.Client, Slope(signed: false), "--j2k", data => Fragment(data, bytes => bytes[..length]));
            Assert.IsType<Thumbnail>(await _thumbnails.MakeAsync(cut.Id, null, CancellationToken.None), exactMatch: false);
        }
        var huge = await Gdcmconv.UploadAsync(house.Client, Slope(signed: false), "--j2k", data => Fragment(data, bytes =>
        {
            bytes.AsSpan(8, 8).Clear();
            (bytes[10], bytes[11], bytes[14], bytes[15]) = (0xFF, 0xFF, 0xFF, 0xFF); // 65535 x 65535
            return bytes;
        }));
        Assert.Contains("too large", Assert.IsType<Thumbnail.None>(await _thumbnails.MakeAsync(huge.Id, null, CancellationToken.None)).Reason, StringComparison.Ordinal);
    }

    private async Task SameAsPlainAsync(SyntheticImage image, string option, string query)
    {
        await image.UploadAsync(house.Client);
        var plain = PngPixels.Gray(await FrameAsync(image, 0, query));
        var packed = image with { StudyInstanceUid = DicomUid.New(), SeriesInstanceUid = DicomUid.New(), SopInstanceUid = DicomUid.New() };
        await Gdcmconv.UploadAsync(house.Client, packed, option);
        AssertClose(plain, PngPixels.Gray(await FrameAsync(packed, 0, query)), query.Contains("height", StringComparison.Ordinal) ? 6 : 2);
        Assert.True(plain.Distinct().Count() > 20);
    }

    private async Task<byte[]> FrameAsync(SyntheticImage image, int frame, string query)
    {
        using var response = await house.Gateway.Client.GetAsync(
            new Uri($"/api/dicom/studies/{image.StudyInstanceUid}/frames/{frame}?{query}", UriKind.Relative));
        Assert.True(response.StatusCode == HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        return await response.Content.ReadAsByteArrayAsync();
    }

    private static void AssertClose(byte[] expected, byte[] actual, int most)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.InRange(expected.Zip(actual, (a, b) => Math.Abs(a - b)).Max(), 0, most);
    }

    private static void Fragment(DicomDataset data, Func<byte[], byte[]> change)
    {
        var bytes = change(data.Find(DicomTags.PixelData)!.Fragments![1].ToArray());
        data.SetFragments(DicomTags.PixelData, ReadOnlyMemory<byte>.Empty, [bytes]);
    }

    private static SyntheticImage Slope(bool signed) => new() { Rows = 40, Columns = 60, IsSigned = signed, WideValues = Values(40, 60, signed) };

    private static int[] Values(int rows, int columns, bool signed) =>
        [.. from row in Enumerable.Range(0, rows) from column in Enumerable.Range(0, columns) select ((row * 1000) / rows) + ((column * 1000) / columns) + (signed ? -1000 : 1000)];
}
