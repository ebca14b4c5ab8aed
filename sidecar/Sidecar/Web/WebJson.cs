using System.Text.Json;
using System.Text.Json.Serialization;
using Gantry.Sidecar.Health;
using Gantry.Worklist;
using Microsoft.AspNetCore.Mvc;

namespace Gantry.Sidecar.Web;

/// <summary>How REST bodies stand in JSON: the names of the store's columns.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DictionaryKeyPolicy = JsonKnownNamingPolicy.Unspecified,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(OrderStatusJson)])]
[JsonSerializable(typeof(NewOrder))]
[JsonSerializable(typeof(WorklistItem))]
[JsonSerializable(typeof(WorklistPage))]
[JsonSerializable(typeof(WorklistCounts))]
[JsonSerializable(typeof(IReadOnlyList<SetAsideItem>))]
[JsonSerializable(typeof(IReadOnlyList<UnscheduledExam>))]
[JsonSerializable(typeof(ListenersReport))]
[JsonSerializable(typeof(HealthReport))]
[JsonSerializable(typeof(ProblemDetails))]
[JsonSerializable(typeof(HttpValidationProblemDetails))]
internal sealed partial class WebJson : JsonSerializerContext
{
    /// <summary>Makes the framework write bodies as this context does: names and converters come from its options, not from here.</summary>
    public static void Apply(JsonSerializerOptions options)
    {
        options.TypeInfoResolverChain.Insert(0, Default);
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.Converters.Add(new OrderStatusJson());
    }
}

/// <summary>A status as the word that the store has: <c>IN_PROGRESS</c>.</summary>
internal sealed class OrderStatusJson : JsonConverter<OrderStatus>
{
    public override OrderStatus Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && OrderStatuses.TryParse(reader.GetString(), out var status)
            ? status : throw new JsonException("A status is one of SCHEDULED, IN_PROGRESS, COMPLETED, DISCONTINUED.");

    public override void Write(Utf8JsonWriter writer, OrderStatus value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToText());
}
