using System.Buffers;
using System.Diagnostics;
using FsCheck;
using FsCheck.Fluent;

namespace Gantry.Dicom.Tests.Data;

public sealed class DatasetPropertyTests
{
    private static readonly DicomReadOptions Bounds = new() { MaximumElements = 10_000, MaximumLength = 1 << 20 };

    private static readonly TransferSyntax[] Syntaxes =
    [
        TransferSyntax.ImplicitVrLittleEndian, TransferSyntax.ExplicitVrLittleEndian, TransferSyntax.ExplicitVrBigEndian,
        TransferSyntax.DeflatedExplicitVrLittleEndian,
    ];

    public static TheoryData<string> SyntaxUids => [.. Syntaxes.Select(syntax => syntax.Uid)];

    [Theory]
    [MemberData(nameof(SyntaxUids))]
    public void Any_data_set_comes_back_as_it_was_written(string uid)
    {
        var syntax = TransferSyntax.FromUid(uid);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(200), Prop.ForAll(
            ArbitraryDatasets.Generator.Zip(Gen.Elements(true, false)).ToArbitrary(),
            given =>
            {
                var (dataset, undefinedLengths) = given;
                var output = new ArrayBufferWriter<byte>();
                dataset.Write(output, syntax, new DicomWriteOptions { UndefinedLengths = undefinedLengths });
                var read = DicomDataset.Read(output.WrittenMemory, syntax);
                Assert.Equal(ArbitraryDatasets.Print(dataset), ArbitraryDatasets.Print(read));
            }));
    }

    [Theory]
    [MemberData(nameof(SyntaxUids))]
    public void Arbitrary_bytes_are_a_data_set_or_a_format_error(string uid)
    {
        var syntax = TransferSyntax.FromUid(uid);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2_000).WithEndSize(400), Prop.ForAll(
            Gen.ArrayOf(Gen.Choose(0, 255).Select(i => (byte)i)).ToArbitrary(),
            bytes => IsReadOrRefused(bytes, syntax)));
    }

    [Fact]
    public void A_data_set_with_any_of_its_bytes_changed_is_read_or_refused()
    {
        var random = new Random(20261121);
        foreach (var syntax in Syntaxes)
        {
            foreach (var dataset in ArbitraryDatasets.Generator.Sample(12, 20))
            {
                var bytes = dataset.ToBytes(syntax);
                for (var i = 0; i < Math.Min(bytes.Length, 300); i++)
                {
                    var at = random.Next(bytes.Length);
                    var kept = bytes[at];
                    bytes[at] = (byte)random.Next(256);
                    IsReadOrRefused(bytes, syntax);
                    bytes[at] = kept;
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(SyntaxUids))]
    public void Cut_anywhere_but_between_elements_a_data_set_is_refused(string uid)
    {
        var syntax = TransferSyntax.FromUid(uid);
        var dataset = new DicomDataset()
            .Set(DicomTags.PatientName, "DOE^JANE")
            .SetItems(DicomTags.ScheduledProcedureStepSequence, new DicomDataset().Set(DicomTags.Modality, "MR"),
                new DicomDataset())
            .Set(DicomTags.StudyDescription, "MR Head")
            .SetNumbers(DicomTags.Rows, 512);
        var output = new ArrayBufferWriter<byte>();
        dataset.Write(output, syntax, new DicomWriteOptions { UndefinedLengths = true });
        var whole = output.WrittenMemory;
        var counts = new List<int>();

        for (var length = 0; length < whole.Length; length++)
        {
            try
            {
                counts.Add(DicomDataset.Read(whole[..length], syntax).Count);
            }
            catch (DicomFormatException)
            {
            }
        }

        // A native data set cut between elements is a shorter data set; a deflated one is never whole before its end (but for
        // its padding)
        Assert.Equal(syntax.IsDeflated ? counts.Where(count => count is 0 or 4) : [0, 1, 2, 3], counts);
    }

    private static void IsReadOrRefused(byte[] bytes, TransferSyntax syntax)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var started = Stopwatch.GetTimestamp();
        try
        {
            var dataset = DicomDataset.Read(bytes, syntax, Bounds);
            Assert.NotEmpty(DicomDump(dataset));
        }
        catch (DicomFormatException)
        {
        }
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 20_000_000, "memory");
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(10), "time");
    }

    private static string DicomDump(DicomDataset dataset)
    {
        using var text = new StringWriter();
        text.Write(' ');
        Gantry.Dicom.DicomDump.Write(dataset, text);
        return text.ToString();
    }
}
