namespace Gantry.Dicom.Tests.Data;

/// <summary>What reading a worklist identifier costs, as far as a test on a busy machine can tell.</summary>
public sealed class ReadingCostTests
{
    [Fact]
    public void An_identifier_of_a_kilobyte_is_read_with_about_two_kilobytes_of_memory()
    {
        var identifier = new DicomDataset().Set(DicomTags.SpecificCharacterSet, "ISO_IR 192");
        foreach (var entry in DicomDictionary.All.Where(entry => entry is { Vr: DicomVr.LO, IsRetired: false,
            Tag.Group: > 8 }).Take(25))
            identifier.Set(entry.Tag, "a value of some 25 bytes..");
        identifier.SetItems(DicomTags.ScheduledProcedureStepSequence,
            new DicomDataset().Set(DicomTags.Modality, "MR").Set(DicomTags.ScheduledStationAETitle, "MR1"));
        foreach (var syntax in new[] { TransferSyntax.ImplicitVrLittleEndian, TransferSyntax.ExplicitVrLittleEndian })
        {
            var bytes = identifier.ToBytes(syntax);
            Assert.InRange(bytes.Length, 900, 1_100);
            DicomDataset.Read(bytes, syntax);
            var before = GC.GetAllocatedBytesForCurrentThread();

            DicomDataset.Read(bytes, syntax);

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 3_000);
        }
    }
}
