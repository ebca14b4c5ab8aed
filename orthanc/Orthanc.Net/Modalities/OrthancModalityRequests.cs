using System.Text.Json.Serialization;

namespace Orthanc.Net;

/// <summary>POST /modalities/{name}/store.</summary>
internal sealed record OrthancStoreRequest(IReadOnlyList<string> Resources, bool StorageCommitment, bool Synchronous = false);

/// <summary>POST /modalities/{name}/move. 1.10 knows nothing else than to wait for the end, and 1.12 waits if asked to.</summary>
internal sealed record OrthancMoveRequest(
    ResourceLevel Level, IReadOnlyList<IReadOnlyDictionary<string, string>> Resources, string? TargetAet, bool Synchronous = true);

/// <summary>POST /modalities/{name}/query.</summary>
internal sealed record OrthancQueryRequest(ResourceLevel Level, IReadOnlyDictionary<string, string> Query);

/// <summary>POST /modalities/{name}/find-worklist: since 1.9.5 the keys stand below Query.</summary>
internal sealed record OrthancWorklistRequest(System.Text.Json.JsonElement Query, bool Simplify = true);

/// <summary>POST /queries/{id}/retrieve.</summary>
internal sealed record OrthancRetrieveRequest(string? TargetAet, bool Synchronous = false);

/// <summary>Where the answers of a query wait.</summary>
internal sealed record OrthancQueryReference([property: JsonPropertyName("ID")] string Id);
