using System.Net;
using System.Net.Http.Headers;
using Gantry.Sidecar.Archive.Thumbnails;
using Orthanc.Net.Tests;

namespace Gantry.Sidecar.Tests.Archive;

[Collection(WithArchive.Name)]
public sealed class FrameApiTests(ArchiveHouse house)
{
    [Theory]
    [InlineData(null, "", "image/jpeg")]
    [InlineData("image/png", "", "image/png")]
    [InlineData("image/jpeg;q=0.5, image/png", "", "image/png")]
    [InlineData("image/avif,image/webp,image/*,*/*;q=0.8", "", "image/jpeg")]
    [InlineData("image/png", "?format=jpeg", "image/jpeg")]
    public async Task The_format_follows_the_parameter_then_the_header(string? accept, string query, string expected)
    {
        var image = new SyntheticImage();
        await image.UploadAsync(house.Client);
        using var response = await GetAsync(image, 0, query, accept);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(expected, response.Content.Headers.ContentType?.MediaType);
        Assert.NotEmpty(await response.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_signed_image_without_a_window_is_not_black()
    {
        var image = new SyntheticImage { Rows = 8, Columns = 8, IsSigned = true, WideValues = [.. Enumerable.Range(0, 64).Select(step => -1000 + (step * 20))] };
        await image.UploadAsync(house.Client);
        using var response = await GetAsync(image, 0, "?format=png");
        var pixels = PngPixels.Gray(await response.Content.ReadAsByteArrayAsync());
        Assert.InRange(pixels[0], 0, 2);
        Assert.InRange(pixels[63], 253, 255);
        Assert.Equal(64, pixels.Distinct().Count());
    }

    [Fact]
    public async Task A_window_that_is_asked_for_is_used()
    {
        var image = new SyntheticImage { Rows = 8, Columns = 8, WideValues = [.. Enumerable.Range(0, 64).Select(step => step * 20)] };
        await image.UploadAsync(house.Client);
        using var response = await GetAsync(image, 0, "?format=png&windowCenter=100&windowWidth=20");
        var pixels = PngPixels.Gray(await response.Content.ReadAsByteArrayAsync());
        Assert.Equal((0, 255), (pixels[3], pixels[7]));
    }

    [Fact]
    public async Task Each_frame_of_a_multi_frame_image_is_another_picture_of_the_size_that_is_asked_for()
    {
        var image = new SyntheticImage { Frames = 2, Rows = 64, Columns = 128 };
        await image.UploadAsync(house.Client);
        using var one = await GetAsync(image, 0, "?height=32&quality=50");
        using var two = await GetAsync(image, 1, "?height=32&quality=50");
        var bytes = await one.Content.ReadAsByteArrayAsync();
        Assert.True(JpegSize.TryRead(bytes, out var width, out var height));
        Assert.Equal((64, 32), (width, height));
        Assert.NotEqual(bytes, await two.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_browser_that_has_the_picture_is_told_so_and_another_size_is_another_picture()
    {
        var image = new SyntheticImage();
        await image.UploadAsync(house.Client);
        using var first = await GetAsync(image, 0, "?height=32");
        var tag = first.Headers.ETag!;
        using var again = await GetAsync(image, 0, "?height=32", tag: tag);
        using var other = await GetAsync(image, 0, "?height=33", tag: tag);
        Assert.Equal((HttpStatusCode.NotModified, HttpStatusCode.OK), (again.StatusCode, other.StatusCode));
        Assert.Contains("private", first.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "text/html", HttpStatusCode.NotAcceptable)]
    [InlineData("?format=gif", null, HttpStatusCode.NotAcceptable)]
    [InlineData("?windowCenter=4", null, HttpStatusCode.BadRequest)]
    [InlineData("?height=0", null, HttpStatusCode.BadRequest)]
    [InlineData("?quality=101", null, HttpStatusCode.BadRequest)]
    [InlineData("?width=many", null, HttpStatusCode.BadRequest)]
    public async Task What_cannot_be_had_is_a_problem_document(string query, string? accept, HttpStatusCode expected)
    {
        var image = new SyntheticImage();
        await image.UploadAsync(house.Client);
        await RefusedAsync(await GetAsync(image, 0, query, accept), expected);
    }

    [Fact]
    public async Task A_missing_frame_or_study_and_an_object_that_nobody_can_draw_say_so()
    {
        var image = new SyntheticImage();
        await image.UploadAsync(house.Client);
        Assert.Contains("0 to 0", await RefusedAsync(await GetAsync(image, 1, ""), HttpStatusCode.NotFound), StringComparison.Ordinal);
        await RefusedAsync(await GetAsync(new SyntheticImage(), 0, ""), HttpStatusCode.NotFound);
        var empty = new SyntheticImage { HasPixels = false };
        await empty.UploadAsync(house.Client);
        using var response = await GetAsync(empty, 0, "");
        Assert.Null(response.Headers.ETag);
        await RefusedAsync(response, HttpStatusCode.UnsupportedMediaType);
    }

    private static async Task<string> RefusedAsync(HttpResponseMessage response, HttpStatusCode expected)
    {
        using (response)
        {
            Assert.Equal(expected, response.StatusCode);
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
            return await response.Content.ReadAsStringAsync();
        }
    }

    private async Task<HttpResponseMessage> GetAsync(
        SyntheticImage image, int frame, string query, string? accept = null, EntityTagHeaderValue? tag = null)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Get, new Uri($"/api/dicom/studies/{image.StudyInstanceUid}/frames/{frame}{query}", UriKind.Relative));
        if (accept is not null)
            request.Headers.Accept.ParseAdd(accept);
        if (tag is not null)
            request.Headers.IfNoneMatch.Add(tag);
        return await house.Gateway.Client.SendAsync(request);
    }
}
