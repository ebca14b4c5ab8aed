using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Gantry.Contracts;

/// <summary>
/// Times on the relay are UTC and end in Z: 2026-01-05T09:00:00Z, with a fraction only where there is one. Read are all
/// forms of ISO 8601 with an offset; a time without offset, which older programs send, is taken as UTC.
/// </summary>
internal sealed class UtcTimestampConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        // 40 characters are more than any form has; a longer text is not looked at
        if (reader.TokenType == JsonTokenType.String && reader.ValueSpan.Length is > 0 and <= 40
            && DateTimeOffset.TryParse(reader.GetString(), CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
            return time;
        throw new JsonException();
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture));
}
