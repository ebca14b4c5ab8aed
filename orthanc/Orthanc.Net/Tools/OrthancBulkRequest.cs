namespace Orthanc.Net;

/// <summary>The body of POST /tools/bulk-content.</summary>
/// <param name="Resources">Ids of any level.</param>
/// <param name="Level">The level that is told: that of the resources, or of what they hold.</param>
internal sealed record OrthancBulkRequest(IReadOnlyList<string> Resources, ResourceLevel Level);
