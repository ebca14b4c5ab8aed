using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orthanc.Net;

/// <summary>Orthanc's times, 20261121T005152 or 20261121T005152.858572, in UTC. What is no time becomes null.</summary>
internal sealed class OrthancTimeConverter : JsonConverter<DateTimeOffset?>
{
    private static readonly string[] Formats = ["yyyyMMdd'T'HHmmss", "yyyyMMdd'T'HHmmss.FFFFFFF"];

    public override DateTimeOffset? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        DateTimeOffset.TryParseExact(reader.GetString(), Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time : null;

    public override void Write(Utf8JsonWriter writer, DateTimeOffset? value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value?.UtcDateTime.ToString(Formats[0], CultureInfo.InvariantCulture));
}
