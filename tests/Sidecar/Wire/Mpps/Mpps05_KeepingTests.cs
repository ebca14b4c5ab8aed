using Gantry.Dicom;
using Gantry.Worklist;

namespace Gantry.Sidecar.Tests.Wire.Mpps;

/// <summary>Point 5: steps survive a restart, and N-GET gives back the whole object (PS3.4 F.8).</summary>
public sealed class Mpps05_KeepingTests : MppsTest
{
    [Fact]
    public async Task A_restart_between_N_CREATE_and_N_SET_loses_nothing()
    {
        await StartStepAsync();
        await Scp.RestartAsync();
        await ReconnectAsync();
        Assert.Equal(OrderStatus.InProgress, await Scp.StatusOfAsync("ACC1"));
        AssertSuccess(await Client.SetStepAsync(Uid, Steps.Ended()));
        await Scp.RestartAsync();
        await ReconnectAsync();
        Assert.Equal(OrderStatus.Completed, await Scp.StatusOfAsync("ACC1"));
        Assert.Equal("COMPLETED", (await Client.GetStepAsync(Uid)).Dataset!.GetString(DicomTags.PerformedProcedureStepStatus));
        foreach (var target in Enum.GetValues<OutboxTarget>())
            Assert.Equal(2, (await Scp.Store.OutboxStatisticsAsync(target, default)).Pending);
    }

    [Fact]
    public async Task N_GET_of_all_gives_back_every_attribute_as_it_came()
    {
        var step = Steps.Started()
            .Set(new DicomTag(0x0009, 0x0010), DicomVr.LO, "ACME 1.0")
            .Set(new DicomTag(0x0009, 0x1001), DicomVr.LO, "theirs")
            .Set(DicomTags.PatientMotherBirthName, "JONES");
        await StartStepAsync(step);
        var held = await Client.GetStepAsync(Uid);
        AssertSuccess(held);
        Assert.Equal(step.ToBytes(TransferSyntax.ImplicitVrLittleEndian), held.Dataset!.ToBytes(TransferSyntax.ImplicitVrLittleEndian));
    }

    [Fact]
    public async Task N_GET_of_some_gives_those_and_no_other()
    {
        await StartStepAsync();
        var held = await Client.GetStepAsync(
            Uid, DicomTags.PatientID, DicomTags.PerformedProcedureStepStatus, DicomTags.ScheduledStepAttributesSequence);
        AssertSuccess(held);
        Assert.Equal(
            [DicomTags.PatientID, DicomTags.PerformedProcedureStepStatus, DicomTags.ScheduledStepAttributesSequence],
            held.Dataset!.Select(element => element.Tag).Order());
        Assert.Equal("ACC1", held.Dataset!.GetItems(DicomTags.ScheduledStepAttributesSequence)[0].GetString(DicomTags.AccessionNumber));
    }

    [Fact]
    public async Task N_GET_of_attributes_that_are_not_there_warns_with_0x0107_and_names_them()
    {
        await StartStepAsync();
        var held = await Client.GetStepAsync(Uid, DicomTags.PatientMotherBirthName, DicomTags.PatientID);
        Assert.Equal(0x0107, held.Status);
        Assert.Equal([DicomTags.PatientMotherBirthName], held.AttributeList);
        Assert.Equal([DicomTags.PatientID], held.Dataset!.Select(element => element.Tag));
    }

    [Fact]
    public async Task N_GET_of_an_unknown_step_is_0x0112() => AssertRefused(0x0112, await Client.GetStepAsync("1.2.3.404"));

    [Theory]
    [InlineData(RawScu.Mpps)]
    [InlineData(RawScu.MppsRetrieve)]
    public async Task The_retrieve_class_reads_steps_by_either_class_name(string sopClass)
    {
        await StartStepAsync();
        var held = await Client.GetAsync(sopClass, Uid, [DicomTags.PatientID], RawScu.MppsRetrieve);
        AssertSuccess(held);
        Assert.Equal("P-ACC1", held.Dataset!.GetString(DicomTags.PatientID));
    }

    [Fact]
    public async Task A_step_created_in_one_syntax_is_read_in_the_other()
    {
        await using var implicitScu = await Scp.ConnectRawAsync(TransferSyntax.ImplicitVrLittleEndian, RawScu.Mpps);
        Assert.Equal(0, (await implicitScu.RequestAsync(0x0140, RawScu.Mpps, Uid, Steps.Started().ToBytes(TransferSyntax.ImplicitVrLittleEndian))).Status);
        await using var explicitScu = await Scp.ConnectRawAsync(TransferSyntax.ExplicitVrLittleEndian, RawScu.Mpps);
        Assert.Equal(0, (await explicitScu.RequestAsync(0x0120, RawScu.Mpps, Uid, Steps.Ended().ToBytes(TransferSyntax.ExplicitVrLittleEndian))).Status);
        foreach (var scu in (RawScu[])[implicitScu, explicitScu])
        {
            var held = await scu.RequestAsync(0x0110, RawScu.Mpps, Uid);
            Assert.Equal("1.2.3.1.1", held.Dataset.GetItems(DicomTags.PerformedSeriesSequence)[0].GetString(DicomTags.SeriesInstanceUID));
            Assert.Equal("SMITH^JANE", held.Dataset.GetString(DicomTags.PatientName));
        }
    }

    [Theory]
    [InlineData("ISO_IR 100", "MÜLLER^ÄNNE", "ISO_IR 192", "Brüste")]
    [InlineData("\\ISO 2022 IR 149", "홍^길동", "ISO_IR 100", "Brüste")]
    [InlineData("\\ISO 2022 IR 149", "홍^길동", "", "Both breasts")]
    public async Task Text_of_both_messages_is_kept_whatever_their_sets(string createSet, string name, string setSet, string description)
    {
        await StartStepAsync(Steps.Started().Set(DicomTags.SpecificCharacterSet, createSet).Set(DicomTags.PatientName, name));
        Assert.Equal(name, (await Scp.Store.GetStepAsync(Uid, default))!.PatientName);
        var change = Steps.Ended().Set(DicomTags.PerformedProcedureStepDescription, description);
        if (setSet.Length > 0) change.Set(DicomTags.SpecificCharacterSet, setSet);
        AssertSuccess(await Client.SetStepAsync(Uid, change));

        var held = (await Client.GetStepAsync(Uid)).Dataset!;
        Assert.Equal(name, held.GetString(DicomTags.PatientName));
        Assert.Equal(description, held.GetString(DicomTags.PerformedProcedureStepDescription));
        // Part of it needs the set as well, though nobody asks for it
        Assert.Equal(name, (await Client.GetStepAsync(Uid, DicomTags.PatientName)).Dataset!.GetString(DicomTags.PatientName));
    }
}
