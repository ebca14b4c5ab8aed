using System.Text;
using System.Text.Json;

namespace Gantry.EndToEnd.Tests;

/// <summary>Orthanc's REST interface with the credentials of orthanc.json: the archive's, or by its port the modality simulator's.</summary>
internal sealed class Archive(int port)
{
    public Archive(GantrySystem system)
        : this(system.Ports.ArchiveWeb)
    {
    }

    private static readonly HttpClient Http = new();

    /// <summary>The studies with a Study Instance UID, in Orthanc's own words.</summary>
    public async Task<IReadOnlyList<JsonElement>> StudiesAsync(string studyUid)
    {
        var found = await PostAsync("tools/find", $$"""{ "Level": "Study", "Expand": true, "Query": { "StudyInstanceUID": "{{studyUid}}" } }""");
        return [.. Json(found).EnumerateArray()];
    }

    public async Task<JsonElement> StudyAsync(string studyUid) => Assert.Single(await StudiesAsync(studyUid));

    /// <summary>Orthanc's ids of the instances of a study.</summary>
    public async Task<IReadOnlyList<string>> InstancesAsync(string studyUid)
    {
        var id = (await StudyAsync(studyUid)).GetProperty("ID").GetString();
        return [.. (await GetAsync($"studies/{id}/instances")).EnumerateArray().Select(instance => instance.GetProperty("ID").GetString()!)];
    }

    /// <summary>What a path holds.</summary>
    public async Task<JsonElement> GetAsync(string path)
    {
        using var response = await SendAsync(HttpMethod.Get, path, null);
        return Json(((int)response.StatusCode, await response.Content.ReadAsStringAsync()));
    }

    /// <summary>Orthanc's picture of a frame, as PNG.</summary>
    /// <param name="instanceUid">SOP Instance UID.</param>
    /// <param name="frame">From 0.</param>
    public async Task<byte[]> RenderedAsync(string instanceUid, int frame)
    {
        var found = Json(await PostAsync("tools/lookup", instanceUid));
        return await RenderedByIdAsync(Assert.Single(found.EnumerateArray()).GetProperty("ID").GetString()!, frame);
    }

    /// <summary>The same by Orthanc's id.</summary>
    public Task<byte[]> RenderedByIdAsync(string id, int frame) => BytesAsync($"instances/{id}/frames/{frame}/rendered");

    /// <summary>An instance as a DICOM file.</summary>
    public Task<byte[]> FileAsync(string id) => BytesAsync($"instances/{id}/file");

    /// <summary>Stores a file over REST.</summary>
    public async Task UploadAsync(string file)
    {
        using var request = Request(HttpMethod.Post, "instances");
        request.Content = new ByteArrayContent(await File.ReadAllBytesAsync(file));
        using var response = await Http.SendAsync(request);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>Posts to a path; the result is the status code and the body.</summary>
    public async Task<(int Status, string Body)> PostAsync(string path, string body)
    {
        using var response = await SendAsync(HttpMethod.Post, path, body);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public static JsonElement Json((int Status, string Body) answer)
    {
        Assert.True(answer.Status == 200, $"Orthanc answered {answer.Status}: {answer.Body}");
        return JsonDocument.Parse(answer.Body).RootElement;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? body)
    {
        using var request = Request(method, path);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        return await Http.SendAsync(request);
    }

    private async Task<byte[]> BytesAsync(string path)
    {
        using var request = Request(HttpMethod.Get, path);
        using var response = await Http.SendAsync(request);
        Assert.True(response.IsSuccessStatusCode, $"Orthanc answered {response.StatusCode} for {path}.");
        return await response.Content.ReadAsByteArrayAsync();
    }

    private HttpRequestMessage Request(HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, $"http://localhost:{port}/{path}");
        request.Headers.Authorization = new("Basic", Convert.ToBase64String("orthanc:orthanc"u8));
        return request;
    }
}
