namespace Gantry.Sidecar.Viewer.DicomWeb;

/// <summary>
/// Gives each attribute of <c>includefield=a,b,c</c> (PS3.18 8.3.4.3) a parameter of its own: Orthanc's plugin 1.7 overlooks
/// lists, and descriptions would be missing in the study list.
/// </summary>
internal static class IncludeFields
{
    private const string Name = "includefield=";

    /// <param name="query">Without question mark, as it was sent.</param>
    public static string Split(string query)
    {
        if (!query.Contains(Name, StringComparison.OrdinalIgnoreCase))
            return query;
        return string.Join('&', query.Split('&').SelectMany(parameter => parameter.StartsWith(Name, StringComparison.OrdinalIgnoreCase)
            ? parameter[Name.Length..].Replace("%2C", ",", StringComparison.OrdinalIgnoreCase)
                .Split(',', StringSplitOptions.RemoveEmptyEntries).Select(field => Name + field)
            : [parameter]));
    }
}
