using Gantry.Dicom;
using Gantry.Sidecar.Phantoms.Iods;

namespace Gantry.Sidecar.Phantoms;

/// <summary>Makes the images of one exam: drawn anatomy of the ordered modality in complete information objects.</summary>
internal static class PhantomStudies
{
    /// <summary>The modalities that anatomy is drawn for; any other becomes a labelled test card (Secondary Capture).</summary>
    public static IReadOnlyList<string> Drawn { get; } = ["CT", "MR", "CR", "DX", "XA", "MG", "US"];

    /// <summary>
    /// Makes one series, one image at a time: each is drawn when the caller asks for it, and nothing is kept of the ones before.
    /// </summary>
    /// <param name="modality">Modality code of the worklist (CS); case and blanks around it do not matter.</param>
    /// <param name="order">What the images are made for.</param>
    /// <param name="options">How many and how large; null takes the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of its range, the modality is not a code string (PS3.5 6.2), or the
    /// study has no valid UID.</exception>
    public static IEnumerable<DicomFile> Make(string modality, PhantomOrder order, PhantomOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(order);
        options ??= new PhantomOptions();
        options.Validate();
        var code = (modality ?? "").Trim().ToUpperInvariant();
        if (code.Length is 0 or > 16 || !code.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c is ' ' or '_'))
        {
            throw new ArgumentException(
                $"The modality '{modality}' is not a DICOM code string: "
                + "1 to 16 letters, digits, blanks or underscores, such as CT.",
                nameof(modality));
        }

        if (!DicomUid.IsValid(order.StudyInstanceUid))
        {
            throw new ArgumentException(
                $"The order's StudyInstanceUid '{order.StudyInstanceUid}' is not a UID; "
                + "take the worklist's or leave it out for a new one.",
                nameof(order));
        }

        var images = code switch
        {
            "CT" => CtImages.Make(new PhantomSeries(order, options, code, "Chest and upper abdomen", "CHEST")),
            "MR" => MrImages.Make(new PhantomSeries(order, options, code, "T1 axial", "HEAD")),
            "CR" => CrImages.Make(new PhantomSeries(order, options, code, "Chest PA", "CHEST")),
            "DX" => DxImages.Make(new PhantomSeries(order, options, code, "Chest PA", "CHEST")),
            "XA" => XaImages.Make(new PhantomSeries(order, options, code, "Left coronary artery", "HEART")),
            "MG" => MgImages.Make(new PhantomSeries(order, options, code, "Mammography CC and MLO", "BREAST")),
            "US" => UsImages.Make(new PhantomSeries(order, options, code, "Right flank", "ABDOMEN")),
            _ => TestCardImages.Make(new PhantomSeries(order, options, code, "Test card", "")),
        };
        return images.Select(dataset => new DicomFile(dataset, TransferSyntax.ExplicitVrLittleEndian));
    }
}
