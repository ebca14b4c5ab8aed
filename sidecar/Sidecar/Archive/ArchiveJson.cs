using System.Text.Json.Serialization;
using Gantry.Sidecar.Archive.Check;
using Gantry.Sidecar.Archive.Studies;
using Gantry.Sidecar.Archive.Unified;
using Gantry.Sidecar.Web;

namespace Gantry.Sidecar.Archive;

/// <summary>The shapes of this feature in JSON, written as <see cref="WebJson"/> writes.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(OrderStatusJson)])]
[JsonSerializable(typeof(ArchiveReport))]
[JsonSerializable(typeof(ArchiveStudyPage))]
[JsonSerializable(typeof(StudyContents))]
[JsonSerializable(typeof(UnifiedPage))]
internal sealed partial class ArchiveJson : JsonSerializerContext;
