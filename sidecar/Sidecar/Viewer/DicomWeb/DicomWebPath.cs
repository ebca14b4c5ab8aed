using System.Buffers;

namespace Gantry.Sidecar.Viewer.DicomWeb;

/// <summary>
/// Which requests may go on to Orthanc. Decided on the address as it was sent, because Orthanc takes an escaped slash for a real
/// one: <c>/dicom-web/..%2Fsystem</c> would be its <c>/system</c>. Nothing in a DICOMweb path needs an escape but the comma
/// between frame numbers, so all others are refused.
/// </summary>
internal static class DicomWebPath
{
    /// <summary>Root of QIDO-RS and WADO-RS, PS3.18 10.</summary>
    public const string Root = "/dicom-web/";

    /// <summary>WADO-URI, PS3.18 9.</summary>
    public const string Wado = "/wado";

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.,-_");

    // The plugin also has resources of its own beside these, such as the list of other servers
    private static readonly string[] Resources = ["studies", "series", "instances"];

    /// <summary>True if the path is one of ours to pass on or to refuse; others are the viewer's files.</summary>
    public static bool Concerns(string path) =>
        path.StartsWith("/dicom-web", StringComparison.OrdinalIgnoreCase) || path.StartsWith(Wado, StringComparison.OrdinalIgnoreCase);

    /// <summary>The path and query to ask Orthanc for.</summary>
    /// <param name="rawTarget">The request target as it came: path and query, escapes and all.</param>
    /// <param name="target">What to ask for; empty where the answer is false.</param>
    /// <returns>False if this is no DICOMweb address.</returns>
    public static bool TryMap(string rawTarget, out string target)
    {
        target = "";
        var question = rawTarget.IndexOf('?', StringComparison.Ordinal);
        var path = question < 0 ? rawTarget : rawTarget[..question];
        var query = question < 0 ? "" : rawTarget[(question + 1)..];
        if (path != Wado)
        {
            if (!path.StartsWith(Root, StringComparison.Ordinal))
                return false;
            var segments = path[Root.Length..].Replace("%2C", ",", StringComparison.OrdinalIgnoreCase).Split('/');
            if (!Resources.Contains(segments[0]) || !segments.All(IsSegment))
                return false;
            path = Root + string.Join('/', segments);
        }
        target = query.Length == 0 ? path : $"{path}?{IncludeFields.Split(query)}";
        return true;
    }

    private static bool IsSegment(string segment) =>
        segment is not ("" or "." or "..") && !segment.AsSpan().ContainsAnyExcept(Allowed);
}
