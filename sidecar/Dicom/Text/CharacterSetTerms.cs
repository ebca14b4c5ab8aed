using System.Globalization;

namespace Gantry.Dicom;

/// <summary>
/// Reads the values of (0008,0005) by PS3.3 C.12.1.1.2, and the spellings that devices use instead, into one spelling.
/// </summary>
internal static class CharacterSetTerms
{
    private const int Utf8 = 192;
    private const int Gb18030 = -1;
    private const int Gbk = -2;
    private static readonly int[] SingleByte = [6, 100, 101, 109, 110, 144, 127, 126, 138, 148, 203, 166, 13];
    private static readonly int[] TwoByte = [87, 159, 149, 58];

    /// <summary>
    /// The sets that the terms name, value 1 first; empty for the default repertoire. False if one is unknown: it is then
    /// in <paramref name="unknown"/>.
    /// </summary>
    public static bool TryRead(IReadOnlyList<string> terms, out List<int> sets, out string? unknown)
    {
        sets = [];
        unknown = null;
        for (var i = 0; i < terms.Count; i++)
        {
            var compact = Compact(terms[i]);
            if (compact.Length == 0 && i > 0)
                continue; // a backslash too many
            if (Registration(compact) is not { } set)
            {
                unknown = terms[i];
                return false;
            }

            if (!sets.Contains(set))
                sets.Add(set);
        }

        Arrange(sets);
        return true;
    }

    /// <summary>The values to write for these sets: with <c>ISO_IR</c> alone, with <c>ISO 2022 IR</c> among others.</summary>
    public static string[] Write(List<int> sets) =>
        [.. sets.Select((set, index) => (set, sets.Count) switch
        {
            (Utf8, _) => "ISO_IR 192",
            (Gb18030, _) => "GB18030",
            (Gbk, _) => "GBK",
            (6, _) when index == 0 => "",
            (_, 1) => string.Create(CultureInfo.InvariantCulture, $"ISO_IR {set}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"ISO 2022 IR {set}"),
        })];

    public static TextCodec Codec(List<int> sets) => sets switch
    {
        [] => new Iso2022Codec(6),
        [Utf8] => new Utf8Codec(),
        [Gb18030] => new GbCodec(isGb18030: true),
        [Gbk] => new GbCodec(isGb18030: false),
        _ => new Iso2022Codec([.. sets]),
    };

    // What does not go together is arranged as its sender must have meant it
    private static void Arrange(List<int> sets)
    {
        // UTF-8 and GB stand alone (PS3.3 C.12.1.1.2). In front they win; behind ASCII they hold it anyway; else the
        // escape sequences of the others cannot reach them
        var alone = sets.FindIndex(set => set is Utf8 or Gb18030 or Gbk);
        if (alone == 0 || (alone == 1 && sets[0] == 6))
        {
            var only = sets[alone];
            sets.Clear();
            sets.Add(only);
            return;
        }

        sets.RemoveAll(set => set is Utf8 or Gb18030 or Gbk);
        // A two-byte set cannot be value 1: its writer left the empty value out
        if (sets.Count > 0 && TwoByte.Contains(sets[0]))
        {
            sets.Remove(6);
            sets.Insert(0, 6);
        }

        if (sets is [6])
            sets.Clear();
    }

    // ISO_IR 100, ISO-IR 100, ISO_IR_100, iso ir 100, ISO 2022 IR 100, ISO_2022_IR_100 ...
    private static int? Registration(string compact)
    {
        switch (compact)
        {
            case "":
                return 6;
            case "GB18030":
                return Gb18030;
            case "GBK":
                return Gbk;
        }

        var number = compact.StartsWith("ISOIR", StringComparison.Ordinal) ? compact.AsSpan(5)
            : compact.StartsWith("ISO2022IR", StringComparison.Ordinal) ? compact.AsSpan(9)
            : [];
        return int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var registration)
            && (registration == Utf8 || SingleByte.Contains(registration) || TwoByte.Contains(registration))
                ? registration
                : null;
    }

    private static string Compact(string term) =>
        string.Concat(term.Where(character => character is not (' ' or '_' or '-' or '\0'))).ToUpperInvariant();
}
