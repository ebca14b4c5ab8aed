using System.Text.Json;

namespace Orthanc.Net;

/// <summary>An element of a data set as Orthanc describes it.</summary>
public sealed record OrthancTag
{
    /// <summary>Its keyword, for example PatientName.</summary>
    public required string Name { get; init; }

    /// <summary>String, Sequence, Null (left out, or empty), TooLong or Binary.</summary>
    public required string Type { get; init; }

    /// <summary>As it came.</summary>
    public JsonElement Value { get; init; }

    /// <summary>The value as text, several values divided by a backslash; null if it is a sequence or was left out.</summary>
    public string? Text => Value.ValueKind == JsonValueKind.String ? Value.GetString() : null;

    /// <summary>The items of a sequence, each like a whole data set; empty if it is none.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, OrthancTag>> Items => Value.ValueKind == JsonValueKind.Array
        ? Value.Deserialize(OrthancJson.Default.ListDictionaryStringOrthancTag)!
        : [];
}
