using System.Net;
using System.Text.RegularExpressions;

namespace Gantry.Cloud.Tests.System;

/// <summary>A browser without JavaScript: keeps cookies, follows nothing by itself, fills in forms.</summary>
internal sealed partial class Browser : IDisposable
{
    private readonly HttpClient _http;

    public Browser(string address, SocketsHttpHandler? handler = null)
    {
        handler ??= new SocketsHttpHandler { AllowAutoRedirect = false };
        handler.CookieContainer = new CookieContainer();
        _http = new(handler) { BaseAddress = new Uri(address), Timeout = TimeSpan.FromSeconds(60) };
    }

    public Task<HttpResponseMessage> GetAsync(string path) => _http.GetAsync(new Uri(path, UriKind.Relative));

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, HttpCompletionOption until = HttpCompletionOption.ResponseContentRead) =>
        _http.SendAsync(request, until);

    /// <summary>The text of a page that must be there.</summary>
    public async Task<string> PageAsync(string path)
    {
        using var answer = await GetAsync(path);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode} {text}");
        return text;
    }

    /// <summary>Sends a form as a page with a form has it: with the page's antiforgery token.</summary>
    public async Task<HttpResponseMessage> SubmitAsync(string pageWithForm, string action, Dictionary<string, string> fields, string? accept = null)
    {
        fields["__RequestVerificationToken"] = await TokenAsync(pageWithForm);
        using var request = new HttpRequestMessage(HttpMethod.Post, action) { Content = new FormUrlEncodedContent(fields) };
        if (accept is not null)
            request.Headers.Add("Accept", accept);
        return await _http.SendAsync(request);
    }

    /// <summary>Sends a form with a file in it.</summary>
    public async Task<HttpResponseMessage> UploadAsync(string pageWithForm, string action, string field, byte[] file)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(await TokenAsync(pageWithForm)), "__RequestVerificationToken" }, { new ByteArrayContent(file), field, "list.csv" },
        };
        return await _http.PostAsync(new Uri(action, UriKind.Relative), form);
    }

    public Task<HttpResponseMessage> SignInAsync(string email, string password, string returnUrl = "") =>
        SubmitAsync("/sign-in", "/sign-in", new() { ["email"] = email, ["password"] = password, ["returnUrl"] = returnUrl });

    /// <summary>Opens an event stream.</summary>
    public async Task<EventStream> StreamAsync(string path, long? lastEventId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (lastEventId is { } last)
            request.Headers.Add("Last-Event-ID", $"{last}");
        var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return new(answer, await answer.Content.ReadAsStreamAsync());
    }

    public void Dispose() => _http.Dispose();

    private async Task<string> TokenAsync(string pageWithForm) => Token().Match(await PageAsync(pageWithForm)).Groups["token"].Value;

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"(?<token>[^\"]+)\"")]
    private static partial Regex Token();
}
