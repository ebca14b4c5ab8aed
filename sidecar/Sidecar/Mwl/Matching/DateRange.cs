using Gantry.Dicom;

namespace Gantry.Sidecar.Mwl;

/// <summary>
/// A DA key: a single date or a range that may be open at either end (PS3.4 C.2.2.2.1 and C.2.2.2.5.1). Both ends are
/// inclusive.
/// </summary>
internal readonly record struct DateRange(DateOnly? From, DateOnly? To)
{
    public bool IsSingleDate => From is not null && From == To;

    /// <summary>
    /// Reads <c>20260101</c>, <c>20260101-20260131</c>, <c>20260101-</c> and <c>-20260131</c>; each date also in ACR-NEMA's
    /// form <c>2026.01.01</c>, which PS3.5 6.2 recommends to accept. False for anything else, for a date that is not in
    /// the calendar and for a range that ends before it starts.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, out DateRange range)
    {
        text = text.Trim();
        range = default;
        var dash = text.IndexOf('-');
        if (dash < 0)
        {
            if (!DicomDate.TryParse(text, out var single)) return false;
            range = new(single, single);
            return true;
        }

        var from = text[..dash].TrimEnd();
        var to = text[(dash + 1)..].TrimStart();
        if (from.IsEmpty && to.IsEmpty) return false;
        DateOnly? start = null, end = null;
        if (!from.IsEmpty)
        {
            if (!DicomDate.TryParse(from, out var date)) return false;
            start = date;
        }

        if (!to.IsEmpty)
        {
            if (!DicomDate.TryParse(to, out var date)) return false;
            end = date;
        }

        range = new(start, end);
        return start is null || end is null || start <= end;
    }
}
