using System.Text.Json;

namespace Orthanc.Net;

/// <summary>A data set by keyword, as in 'simplified tags'. Private elements have no keyword and are not in it.</summary>
public sealed class OrthancTags
{
    private readonly JsonElement _dataset;

    internal OrthancTags(JsonElement dataset) => _dataset = dataset;

    /// <summary>A value as text; null if it is absent, empty, left out (pixel data) or a sequence.</summary>
    public string? this[string keyword] =>
        _dataset.TryGetProperty(keyword, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text
            ? text : null;

    /// <summary>The keywords that are there, with or without a value.</summary>
    public IEnumerable<string> Keywords => _dataset.EnumerateObject().Select(property => property.Name);

    /// <summary>True if the element is there, even without a value.</summary>
    public bool Contains(string keyword) => _dataset.TryGetProperty(keyword, out _);

    /// <summary>The items of a sequence; empty if it is absent or no sequence.</summary>
    public IReadOnlyList<OrthancTags> Items(string keyword) =>
        _dataset.TryGetProperty(keyword, out var value) && value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object).Select(item => new OrthancTags(item))]
            : [];

    /// <summary>As it came.</summary>
    public JsonElement ToJson() => _dataset;
}

internal static class TagAnswers
{
    public static async Task<OrthancTags> GetTagsAsync(this OrthancTransport transport, string path, CancellationToken cancellationToken)
    {
        var tags = await transport.GetJsonAsync(path, OrthancJson.Default.JsonElement, cancellationToken).ConfigureAwait(false);
        return tags.ValueKind == JsonValueKind.Object ? new OrthancTags(tags) : throw new OrthancFormatException(
            transport.Begin(HttpMethod.Get, path, cancellationToken).Request, "the answer is no JSON object.");
    }
}
