using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orthanc.Net;

/// <summary>
/// Keyword to text. Orthanc 1.12 can keep sequences among its main tags, too; those become their own JSON text, null becomes
/// empty, so that one such tag never hides the resource.
/// </summary>
internal sealed class TagTextConverter : JsonConverter<IReadOnlyDictionary<string, string>>
{
    public override IReadOnlyDictionary<string, string> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException();
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var keyword = reader.GetString()!;
            reader.Read();
            texts[keyword] = reader.TokenType switch
            {
                JsonTokenType.String => reader.GetString()!,
                JsonTokenType.Null => "",
                _ => JsonElement.ParseValue(ref reader).GetRawText(),
            };
        }
        return texts;
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyDictionary<string, string> value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var (keyword, text) in value)
            writer.WriteString(keyword, text);
        writer.WriteEndObject();
    }
}
