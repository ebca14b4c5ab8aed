using System.IO.Enumeration;
using Gantry.Sidecar.Web;
using Orthanc.Net;

namespace Gantry.Sidecar.Archive.Studies;

/// <summary>Which studies (or orders) are wanted; all that is given must hold.</summary>
internal sealed record StudyFilter
{
    public DayRange Days { get; init; }

    /// <summary>Any of these.</summary>
    public IReadOnlyList<string> Modalities { get; init; } = [];

    /// <summary>This very value.</summary>
    public string? PatientId { get; init; }

    /// <summary>This very value.</summary>
    public string? AccessionNumber { get; init; }

    /// <summary>Upper and lower case are the same; * and ? are wild, and without either the text may stand anywhere in the name.</summary>
    public string? PatientName { get; init; }

    public bool IsEmpty =>
        this is { Days: { From: null, To: null }, Modalities.Count: 0, PatientId: null, AccessionNumber: null, PatientName: null };

    private string? NamePattern => PatientName is null ? null : PatientName.AsSpan().ContainsAny('*', '?') ? PatientName : $"*{PatientName}*";

    /// <summary>True if a name fits.</summary>
    public bool FitsName(string? name) =>
        NamePattern is not { } pattern || FileSystemName.MatchesSimpleExpression(pattern, name ?? "", ignoreCase: true);

    /// <summary>The same in Orthanc's words. Values without wildcards compare as a whole there, without regard to case.</summary>
    public OrthancFindQuery ToQuery()
    {
        var keys = new Dictionary<string, string>(StringComparer.Ordinal);
        if (Days is not { From: null, To: null })
            keys["StudyDate"] = Days.From == Days.To ? Days.From! : $"{Days.From}-{Days.To}";
        if (Modalities.Count > 0)
            keys["ModalitiesInStudy"] = string.Join('\\', Modalities);
        if (PatientId is not null)
            keys["PatientID"] = PatientId;
        if (AccessionNumber is not null)
            keys["AccessionNumber"] = AccessionNumber;
        if (NamePattern is not null)
            keys["PatientName"] = NamePattern;
        return new() { Query = keys };
    }
}
