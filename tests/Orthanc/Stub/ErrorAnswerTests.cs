namespace Orthanc.Net.Tests;

/// <summary>Answers that are errors.</summary>
public sealed class ErrorAnswerTests
{
    private const string OrthancError =
        """{"Details":"Peer aborted","HttpError":"Internal Server Error","HttpStatus":500,"Message":"Error in the network protocol","Method":"POST","OrthancError":"x","OrthancStatus":9,"Uri":"/x"}""";

    [Fact]
    public async Task Orthancs_own_words_are_handed_on()
    {
        // Its errors come without a Content-Type
        await using var stub = await StubOrthanc.AnsweringAsync(500, OrthancError, contentType: null);

        var error = await Assert.ThrowsAnyAsync<OrthancAnswerException>(() => stub.Client().Server.GetSystemAsync());

        Assert.Equal((500, "Error in the network protocol", "Peer aborted", 9), ((int)error.StatusCode, error.OrthancMessage, error.Details, error.OrthancStatus));
        Assert.Equal(("GET", "/system", OrthancPhase.AwaitReply), (error.Method, error.Uri.AbsolutePath, error.Phase));
        Assert.StartsWith($"GET {stub.Address}system (await reply): Orthanc answered 500, 'Error in the network protocol'.", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Peer aborted", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401, typeof(OrthancUnauthorizedException), "RegisteredUsers")]
    [InlineData(403, typeof(OrthancUnauthorizedException), "RegisteredUsers")]
    [InlineData(404, typeof(OrthancNotFoundException), "deleted")]
    [InlineData(413, typeof(OrthancAnswerException), "Make room")]
    [InlineData(507, typeof(OrthancAnswerException), "Make room")]
    [InlineData(415, typeof(OrthancAnswerException), "log")]
    [InlineData(503, typeof(OrthancAnswerException), "log")]
    [InlineData(302, typeof(OrthancAnswerException), "log")]
    public async Task Each_status_has_its_type_and_its_way_out(int status, Type type, string wayOut)
    {
        await using var stub = await StubOrthanc.AnsweringAsync(status, "");

        var error = await Assert.ThrowsAnyAsync<OrthancAnswerException>(() => stub.Client().Server.GetSystemAsync());

        Assert.IsType(type, error);
        Assert.Equal(status, (int)error.StatusCode);
        Assert.Null(error.OrthancMessage);
        Assert.Contains(wayOut, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_415_for_an_image_means_that_it_cannot_be_rendered()
    {
        await using var stub = await StubOrthanc.AnsweringAsync(415, "");

        await Assert.ThrowsAsync<OrthancNotRenderableException>(() => stub.Client().Instances.RenderAsync("id", RenderOptions.Thumbnail));
        await Assert.ThrowsAsync<OrthancNotRenderableException>(() => stub.Client().Instances.RenderFrameAsync("id", 0));
        await Assert.ThrowsAsync<OrthancNotRenderableException>(() => stub.Client().Instances.PreviewAsync("id"));
    }

    [Theory]
    [InlineData("<html>Bad gateway</html>")]
    [InlineData("{\"Message\":")]
    [InlineData("{\"Message\":7}")]
    public async Task An_error_of_another_program_is_still_an_error(string body)
    {
        await using var stub = await StubOrthanc.AnsweringAsync(502, body, "text/html");

        var error = await Assert.ThrowsAnyAsync<OrthancAnswerException>(() => stub.Client().Server.GetSystemAsync());

        Assert.Equal((502, null), ((int)error.StatusCode, error.OrthancMessage));
        Assert.DoesNotContain("gateway", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endless_error_is_not_read_to_its_end()
    {
        await using var stub = await StubOrthanc.AnsweringAsync(500, "{" + new string(' ', 1_000_000));

        Assert.Null((await Assert.ThrowsAnyAsync<OrthancAnswerException>(() => stub.Client().Server.GetSystemAsync())).OrthancMessage);
    }
}
