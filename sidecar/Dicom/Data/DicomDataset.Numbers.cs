using System.Globalization;

namespace Gantry.Dicom;

// Values as numbers, dates and tags
public sealed partial class DicomDataset
{
    /// <summary>
    /// The first value as a whole number, from a binary VR, IS or DS; null if the element is absent, empty, no whole number or
    /// too large.
    /// </summary>
    public int? GetInt(DicomTag tag)
    {
        var number = Find(tag) is not { } element ? null
            : element.Vr.IsBinaryNumber() ? BinaryNumbers.ToInt64(element.Value.Span, element.Vr, 0)
            : element.Vr is DicomVr.IS or DicomVr.DS && ParseDecimal(GetString(tag)) is { } value ? BinaryNumbers.WholeOf(value)
            : null;
        return number is >= int.MinValue and <= int.MaxValue ? (int)number : null;
    }

    /// <summary>
    /// The first value as a number, from a binary VR, IS or DS; null if the element is absent, empty or no number.
    /// </summary>
    public double? GetDouble(DicomTag tag) => Find(tag) is not { } element ? null
        : element.Vr.IsBinaryNumber() ? BinaryNumbers.ToDouble(element.Value.Span, element.Vr, 0)
        : element.Vr is DicomVr.IS or DicomVr.DS ? ParseDecimal(GetString(tag))
        : null;

    /// <summary>All values as numbers; empty if the element is absent or empty, or one of the values is no number.</summary>
    public IReadOnlyList<double> GetDoubles(DicomTag tag)
    {
        if (Find(tag) is not { } element)
            return [];
        var numbers = new List<double>();
        if (element.Vr.IsBinaryNumber())
        {
            while (BinaryNumbers.ToDouble(element.Value.Span, element.Vr, numbers.Count) is { } number)
                numbers.Add(number);
        }
        else if (element.Vr is DicomVr.IS or DicomVr.DS)
        {
            foreach (var text in GetStrings(tag))
            {
                if (ParseDecimal(text) is not { } number)
                    return [];
                numbers.Add(number);
            }
        }
        return numbers;
    }

    /// <summary>The tags of an element of VR AT; empty if it is absent or of another VR.</summary>
    public IReadOnlyList<DicomTag> GetTags(DicomTag tag)
    {
        var tags = new List<DicomTag>();
        if (Find(tag) is { Vr: DicomVr.AT } element)
        {
            while (BinaryNumbers.ToTag(element.Value.Span, tags.Count) is { } value)
                tags.Add(value);
        }
        return tags;
    }

    /// <summary>The first value of a DA; null if it is absent, empty or no real date.</summary>
    public DateOnly? GetDate(DicomTag tag) => DicomDate.TryParse(GetString(tag), out var date) ? date : null;

    /// <summary>The first value of a TM with its precision; null if it is absent, empty or no time.</summary>
    public DicomTime? GetTime(DicomTag tag) => DicomTime.TryParse(GetString(tag), out var time) ? time : null;

    /// <summary>The first value of a DT with its precision; null if it is absent, empty or no date and time.</summary>
    public DicomDateTime? GetDateTime(DicomTag tag) => DicomDateTime.TryParse(GetString(tag), out var time) ? time : null;

    /// <summary>
    /// Sets numbers, as the VR of the tag has them: US SS UL SL UV SV FL FD, or IS and DS in decimal (a DS rounded to its 16
    /// characters).
    /// </summary>
    /// <exception cref="ArgumentException">The tag's VR holds no numbers, or a number does not fit into it.</exception>
    public DicomDataset SetNumbers(DicomTag tag, params ReadOnlySpan<double> values)
    {
        var vr = VrFor(tag);
        var texts = new string[values.Length];
        for (var i = 0; i < texts.Length; i++)
            texts[i] = TextOf(tag, vr, values[i]);
        return Set(tag, vr, texts);
    }

    private static string TextOf(DicomTag tag, DicomVr vr, double number)
    {
        var culture = CultureInfo.InvariantCulture;
        switch (vr)
        {
            case DicomVr.FD or DicomVr.FL:
                return number.ToString("R", culture);
            case DicomVr.DS when double.IsFinite(number):
                var text = number.ToString("R", culture);
                for (var digits = 15; text.Length > 16; digits--)
                    text = number.ToString($"G{digits}", culture);
                return text;
            case DicomVr.IS when number is >= int.MinValue and <= int.MaxValue && Math.Truncate(number) == number:
            case DicomVr.US or DicomVr.SS or DicomVr.UL or DicomVr.SL or DicomVr.UV or DicomVr.SV
                when Math.Truncate(number) == number:
                return number.ToString("F0", culture);
            default:
                throw new ArgumentException($"{tag} has VR {vr}, into which the number does not fit.", nameof(number));
        }
    }

    private static double? ParseDecimal(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number : null;
}
