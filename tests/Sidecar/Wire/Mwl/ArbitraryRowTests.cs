using System.Buffers;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Gantry.Dicom;
using Gantry.EmrSync.Names;
using Gantry.Sidecar.Mwl;
using Gantry.Sidecar.Peers;
using Gantry.Sidecar.Tests.Mwl;
using Gantry.Worklist;

namespace Gantry.Sidecar.Tests.Wire.Mwl;

/// <summary>Whatever an EMR writes into a row: it is served legally, in the peer's set, or set aside.</summary>
public sealed class ArbitraryRowTests
{
    private static readonly string[] Texts =
    [
        "", " ", "홍^길동", "MÜLLER^ÄNNE", "山田^太郎=やまだ^たろう", "a\\b", "a\u0007b", "x=y=z=w", "😀", "20260105", "20260230", "1030", "10:30", "-", "*",
        "1.2.3", "1.2..3", "NaN", "70.5", "1e400", "M/G", "\u001b$)C", "¥~\\", new string('é', 70), new string('x', 20_000), "^^^^^^^", "\ufffd", "Люкс",
    ];

    private static readonly Peer[] Peers = [.. new[]
        {
            "ISO_IR 192", "GB18030", "GBK", "ISO_IR 100", "ISO_IR 144", "ISO_IR 6", "\\ISO 2022 IR 149", "ISO_IR 13\\ISO 2022 IR 87",
        }.Select(terms => new Peer { CharacterSets = [SpecificCharacterSet.Parse([.. terms.Split('\\')])] })];

    [Fact]
    public void Any_row_is_legal_or_set_aside_for_every_peer_in_both_syntaxes()
    {
        var rows = Gen.Elements(Texts).Or(ArbMap.Default.GeneratorFor<string>().Select(text => text ?? ""))
            .ArrayOf(Enum.GetValues<WorklistColumn>().Length);
        var served = 0;
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(rows.ToArbitrary(), values =>
        {
            var row = new FakeRow();
            foreach (var (column, value) in Enum.GetValues<WorklistColumn>().Zip(values))
                // Of the essential columns one is arbitrary, else every row would be set aside
                if (!RowFault.IsEssential(column) || column == WorklistColumn.PatientId) row.Set(column, Encoding.UTF8.GetBytes(value));
            foreach (var peer in Peers)
                foreach (var syntax in (TransferSyntax[])[TransferSyntax.ExplicitVrLittleEndian, TransferSyntax.ImplicitVrLittleEndian])
                    if (IsServedLegally(row, peer, syntax)) served++;
        }));
        Assert.True(served > 1000, $"only {served} answers were looked at");
    }

    private static bool IsServedLegally(FakeRow row, Peer peer, TransferSyntax syntax)
    {
        var stations = new StationDirectory(new Dictionary<string, string>());
        var writer = new AnswerWriter(AnswerPlan.Make(IdentifierReader.Everything, syntax), peer, syntax.IsExplicitVr, false, stations, new PatientNames(new()), TimeZoneInfo.Utc);
        var output = new ArrayBufferWriter<byte>();
        if (writer.Write(row, output) is { } fault)
        {
            Assert.True(RowFault.IsEssential(fault.Column), fault.Reason);
            Assert.Equal(0, output.WrittenCount);
            return false;
        }

        var answer = DicomDataset.Read(output.WrittenMemory, syntax);
        Assert.Equal(WorklistModel.Root.Count, answer.Count(element => element.Tag != DicomTags.SpecificCharacterSet));
        AssertLegal(answer, answer.CharacterSet);
        return true;
    }

    private static void AssertLegal(DicomDataset dataset, SpecificCharacterSet set)
    {
        foreach (var element in dataset)
        {
            foreach (var item in element.Items) AssertLegal(item, set);
            if (element.Vr is DicomVr.SQ or DicomVr.US || element.Tag == DicomTags.SpecificCharacterSet) continue;
            foreach (var value in dataset.GetStrings(element.Tag))
            {
                Assert.True(DicomVrRules.Validate(element.Vr, value) is not { } problem, $"{element.Tag} {element.Vr}: {DicomVrRules.Validate(element.Vr, value)}");
                if (set.Equals(SpecificCharacterSet.Default)) Assert.True(Ascii.IsValid(value), $"{element.Tag} is not ASCII");
            }
        }
    }
}
