using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Gantry.Sidecar.Tests.Viewer;

/// <summary>The way from the viewer's port to Orthanc: what passes, what does not, and what is said when Orthanc fails.</summary>
public sealed class DicomWebProxyTests
{
    [Fact]
    public async Task Orthanc_gets_our_credentials_and_nothing_of_the_browsers()
    {
        Dictionary<string, string>? seen = null;
        await using var house = await ViewerHouse.StartAsync(context =>
        {
            seen = context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
            return context.Response.WriteAsync("[]");
        });
        using var request = new HttpRequestMessage(HttpMethod.Get, "/dicom-web/studies");
        request.Headers.Authorization = new("Bearer", "of-the-browser");
        request.Headers.Add("Cookie", "session=1");
        request.Headers.Add("Connection", "X-Private");
        request.Headers.Add("X-Private", "1");
        request.Headers.TryAddWithoutValidation("Accept", "multipart/related; type=application/octet-stream; transfer-syntax=*");

        using var answer = await house.Browser.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("Basic " + Convert.ToBase64String("gateway:secret"u8), seen!["Authorization"]);
        Assert.Equal("multipart/related; type=application/octet-stream; transfer-syntax=*", seen["Accept"]);
        Assert.False(seen.ContainsKey("Cookie") || seen.ContainsKey("X-Private"));
    }

    [Fact]
    public async Task Addresses_in_answers_are_made_from_the_browsers_own()
    {
        string? host = null;
        await using var house = await ViewerHouse.StartAsync(context =>
        {
            host = context.Request.Host.Value;
            return Task.CompletedTask;
        });

        await house.Browser.GetAsync("/dicom-web/studies");

        Assert.Equal(house.Browser.BaseAddress!.Authority, host);
    }

    [Fact]
    public async Task Headers_of_the_connection_and_of_the_sign_in_stay_behind()
    {
        await using var house = await ViewerHouse.StartAsync(context =>
        {
            context.Response.Headers.Connection = "X-Hop";
            context.Response.Headers["X-Hop"] = "1";
            context.Response.Headers.SetCookie = "orthanc=1";
            context.Response.Headers["X-Kept"] = "yes";
            return context.Response.WriteAsync("[]");
        });

        using var answer = await house.Browser.GetAsync("/dicom-web/studies");

        Assert.False(answer.Headers.Contains("X-Hop") || answer.Headers.Contains("Set-Cookie"));
        Assert.Equal("yes", Assert.Single(answer.Headers.GetValues("X-Kept")));
    }

    [Fact]
    public async Task A_refusal_of_our_credentials_is_not_the_browsers_to_answer()
    {
        await using var house = await ViewerHouse.StartAsync(context =>
        {
            context.Response.StatusCode = 401;
            context.Response.Headers.WWWAuthenticate = "Basic realm=\"Orthanc\"";
            return Task.CompletedTask;
        });

        using var answer = await house.Browser.GetAsync("/dicom-web/studies");

        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        Assert.Empty(answer.Headers.WwwAuthenticate);
        Assert.Contains("ORTHANC_PASSWORD", await DetailAsync(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stopped_Orthanc_is_named_and_found_again()
    {
        await using var house = await ViewerHouse.StartAsync("Viewer:ArchiveTimeout=00:00:05");
        await house.StopOrthancAsync();

        using var answer = await house.Browser.GetAsync("/dicom-web/studies");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("Is Orthanc running?", await DetailAsync(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_silent_Orthanc_is_given_up_in_time()
    {
        await using var house = await ViewerHouse.StartAsync(
            context => Task.Delay(Timeout.Infinite, context.RequestAborted), "Viewer:ArchiveTimeout=00:00:00.300");

        using var answer = await house.Browser.GetAsync("/dicom-web/studies");

        Assert.Equal(HttpStatusCode.GatewayTimeout, answer.StatusCode);
        Assert.Contains("has not answered", await DetailAsync(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_breaks_off_is_not_passed_off_as_whole()
    {
        await using var house = await ViewerHouse.StartAsync(async context =>
        {
            await context.Response.WriteAsync("half");
            await context.Response.Body.FlushAsync();
            context.Abort();
        });

        var error = await Assert.ThrowsAnyAsync<Exception>(() => house.Browser.GetStringAsync("/dicom-web/studies/1.2"));

        Assert.True(error is HttpRequestException or IOException, error.ToString());
    }

    [Fact]
    public async Task Pieces_arrive_while_Orthanc_is_still_writing()
    {
        TaskCompletionSource more = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var house = await ViewerHouse.StartAsync(async context =>
        {
            await context.Response.WriteAsync("first");
            await context.Response.Body.FlushAsync();
            await more.Task;
            await context.Response.WriteAsync("second");
        });
        using var answer = await house.Browser.GetAsync("/dicom-web/studies/1.2", HttpCompletionOption.ResponseHeadersRead);
        await using var body = await answer.Content.ReadAsStreamAsync();
        var buffer = new byte[5];

        await body.ReadExactlyAsync(buffer);
        more.SetResult();

        Assert.Equal("first", Encoding.ASCII.GetString(buffer));
        Assert.Equal("second", await new StreamReader(body).ReadToEndAsync());
    }

    [Fact]
    public async Task A_browser_that_goes_away_ends_the_request_at_Orthanc()
    {
        TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously), ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var house = await ViewerHouse.StartAsync(async context =>
        {
            context.RequestAborted.Register(ended.SetResult);
            asked.SetResult();
            await ended.Task;
        });
        using var leaving = new CancellationTokenSource();
        var request = house.Browser.GetAsync("/dicom-web/studies/1.2", leaving.Token);
        await asked.Task;

        await leaving.CancelAsync();

        await ended.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task Nothing_is_changed_through_the_viewer(string method)
    {
        var isAsked = false;
        await using var house = await ViewerHouse.StartAsync(_ =>
        {
            isAsked = true;
            return Task.CompletedTask;
        });

        using var answer = await house.Browser.SendAsync(new(new(method), "/dicom-web/studies"));

        Assert.Equal((HttpStatusCode.MethodNotAllowed, false), (answer.StatusCode, isAsked));
    }

    private static async Task<string> DetailAsync(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString()!;
}
