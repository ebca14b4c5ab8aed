using Gantry.Sidecar.Settings;
using Gantry.Sidecar.Web;
using Microsoft.AspNetCore.Mvc;

namespace Gantry.Sidecar.Archive.Studies;

/// <summary>The keys of a search as they stand in the address, and what is wrong with them.</summary>
internal readonly struct StudyKeys
{
    public const int MostPerPage = 500;

    [FromQuery(Name = "date")]
    public string? Date { get; init; }

    [FromQuery(Name = "modality")]
    public string[]? Modality { get; init; }

    [FromQuery(Name = "patient_id")]
    public string? PatientId { get; init; }

    [FromQuery(Name = "patient_name")]
    public string? PatientName { get; init; }

    [FromQuery(Name = "accession_number")]
    public string? AccessionNumber { get; init; }

    [FromQuery(Name = "limit")]
    public int? Limit { get; init; }

    [FromQuery(Name = "cursor")]
    public string? Cursor { get; init; }

    /// <summary>Reads the keys; what is wrong goes into <paramref name="errors"/>, by key.</summary>
    public StudyFilter Read(TimeProvider time, IDictionary<string, string[]> errors)
    {
        if (!DayRange.TryParse(Date, time.Today(), out var days))
            errors["date"] = ["date is YYYYMMDD, YYYY-MM-DD, today, or a range of two days with a hyphen between YYYYMMDD."];
        if (Limit is < 1 or > MostPerPage)
            errors["limit"] = [$"limit is 1 to {MostPerPage}."];
        foreach (var modality in Modality ?? [])
        {
            if (modality.Length is 0 or > 16 || !modality.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c is '_' or ' '))
                errors["modality"] = ["modality is a code such as MG, in capitals."];
        }
        return new()
        {
            Days = days,
            Modalities = Modality ?? [],
            PatientId = Exact("patient_id", PatientId, errors),
            AccessionNumber = Exact("accession_number", AccessionNumber, errors),
            PatientName = Text("patient_name", PatientName, errors),
        };
    }

    /// <summary>To Orthanc * and ? are wild, so a value that holds one could not be asked for as it is.</summary>
    private static string? Exact(string key, string? value, IDictionary<string, string[]> errors)
    {
        if (value?.AsSpan().ContainsAny('*', '?') == true)
            errors[key] = [$"{key} is a whole value; * and ? work in patient_name only."];
        return Text(key, value, errors);
    }

    private static string? Text(string key, string? value, IDictionary<string, string[]> errors)
    {
        value = value?.Trim();
        if (string.IsNullOrEmpty(value))
            return null;
        if (value.Length > 64 || value.Any(c => c == '\\' || char.IsControl(c)))
            errors[key] = [$"{key} has 64 characters at most, none of them a backslash or a control character."];
        return value;
    }
}
