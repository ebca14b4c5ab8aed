using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orthanc.Net;

/// <summary>Every shape that crosses the wire. Sizes are strings in Orthanc's JSON, so numbers may stand in quotes.</summary>
[JsonSourceGenerationOptions(
    NumberHandling = JsonNumberHandling.AllowReadingFromString, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(OrthancErrorBody))]
[JsonSerializable(typeof(OrthancSystem))]
[JsonSerializable(typeof(OrthancStatistics))]
[JsonSerializable(typeof(OrthancChangePage))]
[JsonSerializable(typeof(List<OrthancPatient>))]
[JsonSerializable(typeof(List<OrthancStudy>))]
[JsonSerializable(typeof(List<OrthancSeries>))]
[JsonSerializable(typeof(List<OrthancInstance>))]
[JsonSerializable(typeof(OrthancResourceStatistics))]
[JsonSerializable(typeof(OrthancAttachment))]
[JsonSerializable(typeof(OrthancUpload))]
[JsonSerializable(typeof(List<OrthancResourceReference>))]
[JsonSerializable(typeof(Dictionary<string, OrthancTag>))]
[JsonSerializable(typeof(List<Dictionary<string, OrthancTag>>))]
[JsonSerializable(typeof(OrthancFindQuery))]
[JsonSerializable(typeof(OrthancBulkRequest))]
[JsonSerializable(typeof(Dictionary<string, OrthancModality>))]
[JsonSerializable(typeof(OrthancStoreRequest))]
[JsonSerializable(typeof(OrthancMoveRequest))]
[JsonSerializable(typeof(OrthancQueryRequest))]
[JsonSerializable(typeof(OrthancWorklistRequest))]
[JsonSerializable(typeof(OrthancRetrieveRequest))]
[JsonSerializable(typeof(OrthancQueryReference))]
[JsonSerializable(typeof(OrthancJobReference))]
[JsonSerializable(typeof(List<OrthancJob>))]
[JsonSerializable(typeof(OrthancCommitmentRequest))]
[JsonSerializable(typeof(OrthancCommitmentReport))]
[JsonSerializable(typeof(List<JsonElement>))]
[JsonSerializable(typeof(List<string>))]
[JsonSerializable(typeof(List<int>))]
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class OrthancJson : JsonSerializerContext;
