using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Gantry.Contracts;

/// <summary>How every message is read and written: snake_case, absent instead of null, unknown fields ignored.</summary>
/// <remarks>
/// Generated readers set every init-only property, those that were not in the JSON to null or 0; so each property that has
/// a default of its own puts it back in its setter.
/// </remarks>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    Converters = [typeof(UtcTimestampConverter)])]
[JsonSerializable(typeof(MessageHead))]
[JsonSerializable(typeof(OrderActionWire))]
[JsonSerializable(typeof(PlainActionWire))]
[JsonSerializable(typeof(ActionReply))]
[JsonSerializable(typeof(StatusUpdateWire))]
[JsonSerializable(typeof(ImageReceivedWire))]
[JsonSerializable(typeof(EventReply))]
internal sealed partial class ContractsJson : JsonSerializerContext
{
    /// <summary>
    /// The messages are no part of a web page, so only what JSON itself forbids is escaped: names stay readable and
    /// base64 does not grow.
    /// </summary>
    public static ContractsJson Wire => Relaxed.Context;

    // A class of its own, because the generated statics of this one must be there first
    private static class Relaxed
    {
        public static readonly ContractsJson Context =
            new(new JsonSerializerOptions(Default.GeneratedSerializerOptions!) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }
}
