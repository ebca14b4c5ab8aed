using Gantry.Dicom;

namespace Gantry.Sidecar.Tests.Wire.Mwl;

/// <summary>Point 3: an answer holds what was asked, and type 1 attributes have values.</summary>
public sealed class Mwl03_ReturnKeyTests
{
    [Fact]
    public async Task An_answer_holds_exactly_what_was_asked_and_0xFF00_says_that_all_of_it_is_supported()
    {
        await using var scp = await Scp.StartAsync();
        await scp.AddAsync(Orders.Order("ACC1"));
        var identifier = Orders.AskStep((DicomTags.Modality, ""), (DicomTags.PreMedication, ""))
            .Set(DicomTags.PatientID).Set(DicomTags.EthnicGroup);
        var response = Assert.Single((await scp.FindAsync(identifier)).Pending);

        Assert.Equal(0xFF00, response.Status);
        Assert.Equal(
            [DicomTags.PatientID, DicomTags.EthnicGroup, DicomTags.ScheduledProcedureStepSequence],
            response.Dataset.Select(element => element.Tag));
        Assert.Equal([DicomTags.Modality, DicomTags.PreMedication], response.Dataset.StepOf().Select(element => element.Tag));
        Assert.Null(response.Dataset.GetString(DicomTags.EthnicGroup));
        Assert.Equal("P-ACC1", response.Dataset.GetString(DicomTags.PatientID));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_unsupported_optional_key_comes_back_empty_with_0xFF01_wherever_it_stands(bool inSequence)
    {
        await using var scp = await Scp.StartAsync();
        await scp.AddAsync(Orders.Order("ACC1"), Orders.Order("ACC2"));
        var strange = new DicomDataset().Set(DicomTags.AccessionNumber);
        if (inSequence) strange.SetItems(DicomTags.ScheduledProcedureStepSequence, Orders.Ask((DicomTags.PatientMotherBirthName, "X")));
        else strange.Set(DicomTags.PatientMotherBirthName, "X");
        var found = await scp.FindAsync(strange);

        Assert.Equal(0x0000, found.Final.Status);
        Assert.Equal([0xFF01, 0xFF01], found.Pending.Select(response => response.Status));
        Assert.Equal(["ACC1", "ACC2"], found.Accessions); // a key that is not supported does not narrow
        var holder = inSequence ? found.Answers[0].StepOf() : found.Answers[0];
        Assert.True(holder.Contains(DicomTags.PatientMotherBirthName));
        Assert.Null(holder.GetString(DicomTags.PatientMotherBirthName));
    }

    [Fact]
    public async Task A_private_key_and_an_unknown_sequence_come_back_empty_in_both_syntaxes()
    {
        await using var scp = await Scp.StartAsync();
        await scp.AddAsync(Orders.Order("ACC1"));
        var identifier = new DicomDataset()
            .Set(DicomTags.AccessionNumber)
            .Set(new DicomTag(0x0009, 0x0010), DicomVr.LO, "ACME 1.0")
            .Set(new DicomTag(0x0009, 0x1001), DicomVr.LO, "secret")
            .SetItems(DicomTags.ReferencedImageSequence, new DicomDataset().Set(DicomTags.ReferencedSOPInstanceUID, "1.2"));
        foreach (var syntax in (TransferSyntax[])[TransferSyntax.ExplicitVrLittleEndian, TransferSyntax.ImplicitVrLittleEndian])
        {
            var response = Assert.Single((await scp.FindAsync(identifier, syntax)).Pending);
            Assert.Equal(0xFF01, response.Status);
            Assert.Equal(identifier.Select(element => element.Tag), response.Dataset.Select(element => element.Tag));
            Assert.Equal("ACC1", response.Dataset.GetString(DicomTags.AccessionNumber));
            Assert.True(response.Dataset.GetBytes(new DicomTag(0x0009, 0x1001)).IsEmpty);
            Assert.Empty(response.Dataset.GetItems(DicomTags.ReferencedImageSequence));
        }
    }

    [Fact]
    public async Task A_key_whose_attribute_is_known_but_never_matched_is_told_by_0xFF01_too()
    {
        await using var scp = await Scp.StartAsync();
        await scp.AddAsync(Orders.Order("ACC1"));
        var response = Assert.Single((await scp.FindAsync(Orders.Ask((DicomTags.EthnicGroup, "X")))).Pending);
        Assert.Equal(0xFF01, response.Status);
    }

    [Fact]
    public async Task Type_1_attributes_have_values_even_for_a_row_with_an_accession_number_alone()
    {
        await using var scp = await Scp.StartAsync();
        await SqliteCli.RunAsync(scp.DatabasePath, "INSERT INTO worklist_items (accession_number, modality) VALUES ('ACC1', 'MG')");
        var answer = Assert.Single((await scp.FindAsync([])).Succeeded());
        var step = answer.StepOf();

        Assert.True(DicomUid.IsValid(answer.GetString(DicomTags.StudyInstanceUID)));
        Assert.Equal("ACC1", answer.GetString(DicomTags.RequestedProcedureID));
        Assert.Equal("ACC1", step.GetString(DicomTags.ScheduledProcedureStepID));
        // 1C: without a code there must be a description
        Assert.Empty(answer.GetItems(DicomTags.RequestedProcedureCodeSequence));
        Assert.NotNull(answer.GetString(DicomTags.RequestedProcedureDescription));
        Assert.NotNull(step.GetString(DicomTags.ScheduledProcedureStepDescription));
        // and what nobody can know is there, but empty
        Assert.True(answer.Contains(DicomTags.PatientWeight));
        Assert.Null(answer.GetString(DicomTags.PatientWeight));
    }

    [Fact]
    public async Task A_code_always_has_a_meaning_and_a_scheme()
    {
        await using var scp = await Scp.StartAsync();
        await scp.AddAsync(Orders.Order("ACC1") with { StudyDescription = null });
        var answer = Assert.Single((await scp.FindAsync([])).Succeeded());
        var code = Assert.Single(answer.GetItems(DicomTags.RequestedProcedureCodeSequence));
        Assert.Equal("MAMMO_SCREENING", code.GetString(DicomTags.CodeValue));
        Assert.Equal("MAMMO_SCREENING", code.GetString(DicomTags.CodeMeaning));
        Assert.Equal("99LOCAL", code.GetString(DicomTags.CodingSchemeDesignator));
        Assert.Equal("MAMMO_SCREENING", answer.GetString(DicomTags.RequestedProcedureDescription));
    }

    [Fact]
    public async Task A_code_too_long_for_Code_Value_is_left_out_and_not_cut_into_another_code()
    {
        await using var scp = await Scp.StartAsync();
        await scp.AddAsync(Orders.Order("ACC1") with { ProcedureCode = "MAMMO_SCREENING_BILATERAL" });
        var answer = Assert.Single((await scp.FindAsync([])).Succeeded());
        Assert.Empty(answer.GetItems(DicomTags.RequestedProcedureCodeSequence));
        Assert.Empty(answer.StepOf().GetItems(DicomTags.ScheduledProtocolCodeSequence));
        Assert.Equal("Screening Mammography", answer.GetString(DicomTags.RequestedProcedureDescription));
    }

    [Fact]
    public async Task Asked_for_nothing_it_returns_the_whole_model()
    {
        await using var scp = await Scp.StartAsync();
        await scp.AddAsync(Orders.Order("ACC1"));
        foreach (var identifier in (DicomDataset[])[[], new DicomDataset().Set(DicomTags.SpecificCharacterSet, "ISO_IR 100")])
        {
            var response = Assert.Single((await scp.FindAsync(identifier)).Pending);
            Assert.Equal(0xFF00, response.Status);
            Assert.Equal("SMITH^JANE", response.Dataset.GetString(DicomTags.PatientName));
            Assert.Equal("20260105", response.Dataset.StepOf().GetString(DicomTags.ScheduledProcedureStepStartDate));
        }
    }
}
