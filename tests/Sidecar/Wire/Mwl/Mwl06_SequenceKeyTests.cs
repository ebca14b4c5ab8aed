using Gantry.Dicom;

namespace Gantry.Sidecar.Tests.Wire.Mwl;

/// <summary>Point 6: the Scheduled Procedure Step Sequence in every form in which modalities send it.</summary>
public sealed class Mwl06_SequenceKeyTests
{
    [Fact]
    public async Task An_absent_sequence_asks_for_no_step_and_narrows_nothing()
    {
        await using var scp = await Scp.StartAsync();
        await scp.AddAsync(Orders.Order("ACC1"));
        var answer = Assert.Single((await scp.FindAsync(Orders.Ask((DicomTags.AccessionNumber, "")))).Succeeded());
        Assert.False(answer.Contains(DicomTags.ScheduledProcedureStepSequence));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task An_empty_sequence_and_one_empty_item_ask_for_the_whole_step(int items)
    {
        await using var scp = await Scp.StartAsync();
        await scp.AddAsync(Orders.Order("ACC1"));
        var identifier = new DicomDataset()
            .SetItems(DicomTags.ScheduledProcedureStepSequence, Enumerable.Range(0, items).Select(_ => new DicomDataset()));
        foreach (var syntax in (TransferSyntax[])[TransferSyntax.ExplicitVrLittleEndian, TransferSyntax.ImplicitVrLittleEndian])
        {
            var step = Assert.Single((await scp.FindAsync(identifier, syntax)).Succeeded()).StepOf();
            Assert.Equal("MG", step.GetString(DicomTags.Modality));
            Assert.Equal("ACC1", step.GetString(DicomTags.ScheduledProcedureStepID));
            Assert.Equal(Sidecar.Mwl.WorklistModel.Step.Count, step.Count);
        }
    }

    [Fact]
    public async Task A_sequence_of_undefined_length_and_a_group_length_are_read_as_well()
    {
        await using var scp = await Scp.StartAsync();
        await scp.AddAsync(Orders.Order("ACC1"), Orders.Order("ACC2", modality: "CT"));
        await using var scu = await scp.ConnectRawAsync(TransferSyntax.ImplicitVrLittleEndian);
        await scu.SendFindAsync(
        [
            0x08, 0x00, 0x00, 0x00, 4, 0, 0, 0, 8, 0, 0, 0,                         // (0008,0000) group length, as old devices send it
            0x08, 0x00, 0x50, 0x00, 0, 0, 0, 0,                                     // (0008,0050) Accession Number, empty
            0x40, 0x00, 0x00, 0x01, 0xFF, 0xFF, 0xFF, 0xFF,                         // (0040,0100), undefined length
            0xFE, 0xFF, 0x00, 0xE0, 0xFF, 0xFF, 0xFF, 0xFF,                         // item, undefined length
            0x08, 0x00, 0x60, 0x00, 2, 0, 0, 0, (byte)'C', (byte)'T',               // Modality
            0xFE, 0xFF, 0x0D, 0xE0, 0, 0, 0, 0, 0xFE, 0xFF, 0xDD, 0xE0, 0, 0, 0, 0, // ends of item and sequence
        ]);
        var found = await scu.ReadFindAsync();
        Assert.Equal("CT", Assert.Single(found.Succeeded()).StepOf().GetString(DicomTags.Modality));
        Assert.Equal(["ACC2"], found.Accessions);
    }

    [Fact]
    public async Task Two_items_are_refused_with_0xA900_and_the_association_goes_on()
    {
        await using var scp = await Scp.StartAsync();
        await scp.AddAsync(Orders.Order("ACC1"));
        await using var scu = await scp.ConnectRawAsync();
        var found = await scu.FindAsync(new DicomDataset().SetItems(DicomTags.ScheduledProcedureStepSequence,
            Orders.Ask((DicomTags.Modality, "CT")), Orders.Ask((DicomTags.Modality, "MR"))));
        Assert.Empty(found.Pending);
        Assert.Equal(0xA900, found.Final.Status);
        Assert.Equal([DicomTags.ScheduledProcedureStepSequence], found.Final.OffendingElements);
        Assert.Equal("(0040,0100) has 2 items; one is allowed", found.Final.ErrorComment);
        Assert.Equal(["ACC1"], (await scu.FindAsync(Orders.Ask((DicomTags.AccessionNumber, "")))).Accessions);
    }

    [Fact]
    public async Task Keys_in_a_code_sequence_match_the_orders_code()
    {
        await using var scp = await Scp.StartAsync();
        await scp.AddAsync(Orders.Order("ACC1"), Orders.Order("ACC2") with { ProcedureCode = "MAMMO_BILAT" });
        var identifier = new DicomDataset()
            .SetItems(DicomTags.RequestedProcedureCodeSequence, Orders.Ask((DicomTags.CodeValue, "MAMMO_BILAT")));
        Assert.Equal(["ACC2"], await scp.AccessionsAsync(identifier));
    }
}
