using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Gantry.Sidecar.Web;

namespace Gantry.Sidecar.Cli;

/// <summary>How results stand in JSON: snake_case names, absent where there is nothing to say.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(OrderStatusJson)])]
[JsonSerializable(typeof(CommandResult))]
internal sealed partial class CommandJson : JsonSerializerContext;

/// <summary>
/// The same, with Hangul and other letters as they are: the text goes to a terminal or a script, never into HTML.
/// </summary>
internal static class ReadableJson
{
    /// <summary>The context to write with.</summary>
    public static CommandJson Context { get; } =
        new(new JsonSerializerOptions(CommandJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
