namespace Gantry.Dicom;

/// <summary>Prints data sets for people.</summary>
public static class DicomDump
{
    /// <summary>One line per element.</summary>
    public static void Write(DicomDataset dataset, TextWriter output) => throw new NotImplementedException();
}
