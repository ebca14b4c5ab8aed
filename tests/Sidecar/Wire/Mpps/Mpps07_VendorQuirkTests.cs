using System.Text;
using Gantry.Dicom;
using Gantry.Dicom.Network;
using Gantry.Sidecar.Settings;
using Gantry.Worklist;

namespace Gantry.Sidecar.Tests.Wire.Mpps;

/// <summary>Point 7: what modalities in the field do, each with a test.</summary>
public sealed class Mpps07_VendorQuirkTests : MppsTest
{
    [Fact]
    public async Task IN_PROGRESS_sent_again_by_N_SET_is_an_intermediate_update()
    {
        await StartStepAsync();
        AssertSuccess(await Client.SetStepAsync(Uid, Steps.Status("IN PROGRESS").SetItems(DicomTags.PerformedSeriesSequence, Steps.Series("1.2.3.1.1"))));
        Assert.Equal(StepStatus.InProgress, (await Scp.Store.GetStepAsync(Uid, default))!.Status);
        Assert.Equal(OrderStatus.InProgress, await Scp.StatusOfAsync("ACC1"));
    }

    [Fact]
    public async Task A_repeated_N_CREATE_after_a_lost_response_is_success_once_more_and_done_once()
    {
        await StartStepAsync();
        await ReconnectAsync();
        await StartStepAsync();
        foreach (var target in Enum.GetValues<OutboxTarget>())
            Assert.Equal(1, (await Scp.Store.OutboxStatisticsAsync(target, default)).Pending);
        AssertSuccess(await Client.SetStepAsync(Uid, Steps.Ended()));
        // After the end it is no repetition any more
        AssertRefused(0x0111, await Client.CreateStepAsync(Uid, Steps.Started()));
    }

    [Fact]
    public async Task A_repeated_N_CREATE_counts_as_repeated_in_the_other_transfer_syntax_too()
    {
        await StartStepAsync();
        await using var scu = await Scp.ConnectRawAsync(TransferSyntax.ImplicitVrLittleEndian, RawScu.Mpps);
        Assert.Equal(0, (await scu.RequestAsync(0x0140, RawScu.Mpps, Uid, Steps.Started().ToBytes(TransferSyntax.ImplicitVrLittleEndian))).Status);
    }

    [Fact]
    public async Task DISCONTINUED_with_no_series_is_taken_and_the_gap_recorded()
    {
        await StartStepAsync();
        AssertSuccess(await Client.SetStepAsync(Uid, Steps.Status("DISCONTINUED")));
        Assert.Equal(OrderStatus.Discontinued, await Scp.StatusOfAsync("ACC1"));
        Assert.Contains("PerformedSeriesSequence", Assert.Single((await Scp.Store.GetStepAsync(Uid, default))!.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("IN PROGRESS ", "COMPLETED ")]
    [InlineData("IN PROGRESS\0", "COMPLETED\0")]
    [InlineData("in progress", "completed")]
    [InlineData(" In Progress", " Completed ")]
    public async Task Padding_with_spaces_or_NULs_and_lower_case_are_forgiven(string started, string ended)
    {
        await using var scu = await Scp.ConnectRawAsync(TransferSyntax.ImplicitVrLittleEndian, RawScu.Mpps);
        var create = Steps.Started(
            Padded(Padded(Steps.Of("1.2.9.9"), DicomTags.AccessionNumber, "ACC1\0\0"), DicomTags.ScheduledProcedureStepID, "SPS1  "));
        Padded(create, DicomTags.PerformedProcedureStepStatus, started);
        Padded(create, DicomTags.Modality, "mg");
        Padded(create, DicomTags.PatientID, "P-ACC1\0\0");
        Assert.Equal(0, (await scu.RequestAsync(0x0140, RawScu.Mpps, Uid + " ", create.ToBytes(TransferSyntax.ImplicitVrLittleEndian))).Status);
        Assert.Equal(OrderStatus.InProgress, await Scp.StatusOfAsync("ACC1"));
        Assert.Equal("MG", (await Scp.Store.GetStepAsync(Uid, default))!.Modality);

        var end = Steps.Ended();
        Padded(end, DicomTags.PerformedProcedureStepStatus, ended);
        Assert.Equal(0, (await scu.RequestAsync(0x0120, RawScu.Mpps, Uid, end.ToBytes(TransferSyntax.ImplicitVrLittleEndian))).Status);
        Assert.Equal(OrderStatus.Completed, await Scp.StatusOfAsync("ACC1"));
        Assert.Equal("COMPLETED", (await Client.GetStepAsync(Uid)).Dataset!.GetString(DicomTags.PerformedProcedureStepStatus));
    }

    [Theory]
    [InlineData("\\ISO 2022 IR 149", "1B242943C8AB5E1B242943B1E6B5BF", "홍^길동")]
    [InlineData(null, "ED998D5EEAB8B8EB8F99", "홍^길동")]
    [InlineData(null, "4DDC4C4C45525EC44E4E45", "MÜLLER^ÄNNE")]
    [InlineData("\\ISO 2022 IR 149", "ED998D5EEAB8B8EB8F99", "홍^길동")] // configured, but these bytes are UTF-8
    public async Task A_name_in_no_named_set_is_read_in_the_peers_set_else_as_UTF8_else_as_Latin_1(string? configured, string hex, string name)
    {
        await using var scp = await Scp.StartAsync(configured is null ? null : new PeerOptions { FallbackCharacterSet = configured });
        await using var client = await scp.ConnectAsync();
        var bytes = Convert.FromHexString(hex);
        var step = Steps.Started().SetBytes(DicomTags.PatientName, DicomVr.PN, bytes.Length % 2 == 0 ? bytes : [.. bytes, (byte)' ']);
        AssertSuccess(await client.CreateStepAsync(Uid, step));
        Assert.Equal(name, (await scp.Store.GetStepAsync(Uid, default))!.PatientName);
        // What goes out again says in which set it is
        Assert.Equal(name, (await client.GetStepAsync(Uid)).Dataset!.GetString(DicomTags.PatientName));
        AssertSuccess(await client.SetStepAsync(Uid, Steps.Ended()));
        Assert.Equal(name, (await client.GetStepAsync(Uid, DicomTags.PatientName)).Dataset!.GetString(DicomTags.PatientName));
    }

    [Fact]
    public async Task An_empty_or_unknown_named_set_does_not_lose_the_name()
    {
        var utf8 = Encoding.UTF8.GetBytes("홍^길동");
        foreach (var (uid, step) in (IEnumerable<(string, DicomDataset)>)
            [
                ("1.2.3.1001", Steps.Started().Set(DicomTags.SpecificCharacterSet)),
                ("1.2.3.1002", Steps.Started().Set(DicomTags.SpecificCharacterSet, "ISO_IR 999")),
            ])
        {
            AssertSuccess(await Client.CreateStepAsync(uid, step.SetBytes(DicomTags.PatientName, DicomVr.PN, utf8)));
            Assert.Equal("홍^길동", (await Scp.Store.GetStepAsync(uid, default))!.PatientName);
        }
    }

    [Fact]
    public async Task AE_titles_with_spaces_around_and_within_are_who_they_are()
    {
        await using var scp = await Scp.StartAsync(new SidecarSettings
        {
            Peers = [new PeerOptions { AeTitle = "MAMMO ROOM 1", OwnStepsOnly = true }],
        });
        await scp.AddAsync(Orders.Order("OURS") with { ScheduledStationAet = "MAMMO ROOM 1" }, Orders.Order("THEIRS"));
        Assert.Equal(["OURS"], await scp.AccessionsAsync([], "MAMMO ROOM 1"));
        Assert.Equal(["OURS"], await scp.AccessionsAsync([], " MAMMO ROOM 1  "));
    }

    [Theory]
    [InlineData(0u)]        // unlimited
    [InlineData(4096u)]
    [InlineData(128u)]
    public async Task PDUs_may_be_unlimited_or_tiny(uint maximumLength)
    {
        await using var scp = await Scp.StartAsync();
        await scp.AddAsync([.. Enumerable.Range(0, 200).Select(i => Orders.Order($"A{i:D3}") with { PatientComments = new string('x', 3000) })]);
        await using var scu = await RawScu.ConnectAsync(scp.EndPoint,
            [
                new PresentationContext(1, RawScu.Worklist, [TransferSyntax.ImplicitVrLittleEndian.Uid]),
                new PresentationContext(3, RawScu.Mpps, [TransferSyntax.ImplicitVrLittleEndian.Uid]),
            ], maximumLength: maximumLength);
        var found = await scu.FindAsync([]);
        Assert.Equal(200, found.Succeeded().Count);
        Assert.All(found.Answers, answer => Assert.Equal(3000, answer.GetString(DicomTags.PatientComments)!.Length));
        var create = new RawCommand().Text(0x0002, RawScu.Mpps).UInt16(0x0100, 0x0140).UInt16(0x0110, scu.NextMessageId()).Text(0x1000, Uid);
        await scu.SendAsync(create, Steps.Started().ToBytes(TransferSyntax.ImplicitVrLittleEndian), contextId: 3, fragment: 50);
        Assert.Equal(0x0000, (await scu.ReadResponseAsync()).Status);
    }

    [Fact]
    public async Task A_release_that_does_not_wait_for_the_response_loses_nothing()
    {
        await using (var scu = await Scp.ConnectRawAsync(TransferSyntax.ImplicitVrLittleEndian, RawScu.Mpps))
        {
            var create = new RawCommand().Text(0x0002, RawScu.Mpps).UInt16(0x0100, 0x0140).UInt16(0x0110, 1).Text(0x1000, Uid);
            await scu.SendAsync(create, Steps.Started().ToBytes(TransferSyntax.ImplicitVrLittleEndian));
            await scu.SendAsync(new Pdu.ReleaseRequest());
            Assert.Equal(0x0000, (await scu.ReadResponseAsync()).Status);
            Assert.IsType<Pdu.ReleaseResponse>(await scu.ReadPduAsync());
        }

        Assert.Equal(OrderStatus.InProgress, await Scp.StatusOfAsync("ACC1"));
    }

    [Fact]
    public async Task One_association_serves_C_ECHO_C_FIND_and_MPPS()
    {
        Assert.True((await Client.EchoAsync()).IsSuccess);
        var found = new List<string?>();
        await foreach (var answer in Client.FindAsync(RawScu.Worklist, Orders.Ask((DicomTags.AccessionNumber, ""))))
            found.Add(answer.GetString(DicomTags.AccessionNumber));
        Assert.Equal(["ACC1"], found);
        await StartStepAsync();
        Assert.True((await Client.EchoAsync()).IsSuccess);
        AssertSuccess(await Client.SetStepAsync(Uid, Steps.Ended()));
        await Client.ReleaseAsync();
        Assert.Equal(OrderStatus.Completed, await Scp.StatusOfAsync("ACC1"));
    }

    private static DicomDataset Padded(DicomDataset dataset, DicomTag tag, string value)
    {
        if (value.Length % 2 == 1) value += value[^1] == '\0' ? '\0' : ' ';
        return dataset.SetBytes(tag, DicomDictionary.Find(tag)!.Vr, Encoding.ASCII.GetBytes(value));
    }
}
