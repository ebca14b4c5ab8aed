using System.Globalization;

namespace Gantry.Sidecar.Archive.Unified;

/// <summary>Where a page begins: <c>o200</c> is behind 200 orders, <c>s</c> and an id of Orthanc is behind that study.</summary>
/// <param name="Orders">How many orders to pass over; null once the orders are through.</param>
/// <param name="AfterStudy">The study to go on behind; null for the first.</param>
internal readonly record struct UnifiedCursor(int? Orders, string? AfterStudy)
{
    public static readonly UnifiedCursor FirstStudy = new(null, null);

    public static bool TryParse(string? text, out UnifiedCursor cursor)
    {
        cursor = new(0, null);
        if (string.IsNullOrEmpty(text))
            return true;
        if (text[0] == 's')
        {
            cursor = new(null, text.Length > 1 ? text[1..] : null);
            return text.Skip(1).All(c => char.IsAsciiHexDigitLower(c) || c == '-');
        }
        var known = int.TryParse(text.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var orders);
        cursor = new(orders, null);
        return known && text[0] == 'o';
    }

    public override string ToString() => Orders is { } orders ? string.Create(CultureInfo.InvariantCulture, $"o{orders}") : "s" + AfterStudy;
}
