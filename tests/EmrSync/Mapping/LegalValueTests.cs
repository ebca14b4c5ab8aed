using FsCheck;
using FsCheck.Fluent;
using Gantry.Dicom;
using Gantry.EmrSync.Mapping;
using Gantry.Worklist;

namespace Gantry.EmrSync.Tests.Mapping;

/// <summary>What the order sync takes, the worklist can say: its rules are never laxer than those of Gantry.Dicom.</summary>
public sealed class LegalValueTests
{
    private static readonly (WorklistColumn Column, DicomVr Vr)[] Rules =
    [
        (WorklistColumn.AccessionNumber, DicomVr.SH), (WorklistColumn.PatientId, DicomVr.LO), (WorklistColumn.Modality, DicomVr.CS),
        (WorklistColumn.StudyInstanceUid, DicomVr.UI), (WorklistColumn.StudyDescription, DicomVr.LO), (WorklistColumn.PatientComments, DicomVr.LT),
    ];

    [Fact]
    public void A_value_that_is_taken_is_legal_in_DICOM()
    {
        Gen<string> texts = Gen.Elements("A", "가", "1.2", "\\", "\n", "\u0007", "^", " x", "long long long text", "😀", "1", ".").ArrayOf()
            .Select(string.Concat);

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(Arb.From(texts), text => Rules.All(rule =>
            LegalValue.Problem(rule.Column, text) is not null || DicomVrRules.Validate(rule.Vr, text) is null)));
    }

    [Theory]
    [InlineData("202601051030", "20260105 10:30:00")]
    [InlineData("2026-01-05 10:30", "20260105 10:30:00")]
    [InlineData("2026-01-05T10:30:15.123", "20260105 10:30:15")]
    [InlineData("20260105", "20260105 00:00:00")]
    [InlineData("2026/1/5 9:05", "20260105 09:05:00")]
    public void A_moment_is_read_in_every_form_that_EMRs_keep(string text, string expected) =>
        Assert.Equal(expected, CellText.Moment(text)?.ToString("yyyyMMdd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture));

    [Fact]
    public void Numbers_and_padded_text_are_read_like_what_they_mean()
    {
        Assert.Equal("42", CellText.Of(42.00m));
        Assert.Equal("A1", CellText.Of("A1      "));
        Assert.Equal(new DateOnly(1965, 3, 15), CellText.Date(19650315));
        Assert.Equal(new TimeOnly(9, 30), CellText.Time(930));
        Assert.Null(CellText.Date("19651332"));
        Assert.Null(CellText.Flag("perhaps"));
    }
}
