namespace Gantry.Sidecar.Viewer.Files;

/// <summary>One file of the viewer, with its compressed copies.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="ContentType">What it is.</param>
/// <param name="EntityTag">Changes with the content, in quotation marks.</param>
/// <param name="IsImmutable">True where the name holds a hash of the content, so that a browser never needs to ask again.</param>
/// <param name="Brotli">Copy for <c>br</c>; null where there is none.</param>
/// <param name="Gzip">Copy for <c>gzip</c>; null where there is none.</param>
internal sealed record ViewerFile(string Path, string ContentType, string EntityTag, bool IsImmutable, string? Brotli, string? Gzip);
