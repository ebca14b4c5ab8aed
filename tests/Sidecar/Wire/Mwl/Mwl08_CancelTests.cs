using Gantry.Dicom;

namespace Gantry.Sidecar.Tests.Wire.Mwl;

/// <summary>Point 8: C-CANCEL (PS3.7 9.3.2.3).</summary>
public sealed class Mwl08_CancelTests
{
    [Fact]
    public async Task A_cancel_amid_many_answers_stops_them_with_0xFE00_and_the_association_lives()
    {
        const int Everything = 20_000;
        await using var scp = await Scp.StartAsync();
        await scp.AddAsync([.. Enumerable.Range(0, Everything).Select(i => Orders.Order($"A{i:D5}"))]);
        await using var scu = await scp.ConnectRawAsync();
        // All attributes: many megabytes, far more than the sockets between us hold
        var request = await scu.SendFindAsync(Orders.Ask((DicomTags.AccessionNumber, ""), (DicomTags.PatientName, ""))
            .SetItems(DicomTags.ScheduledProcedureStepSequence).ToBytes(TransferSyntax.ExplicitVrLittleEndian));
        Assert.Equal(0xFF00, (await scu.ReadResponseAsync()).Status);
        await scu.CancelAsync(request);
        var found = await scu.ReadFindAsync();

        Assert.Equal(0xFE00, found.Final.Status);
        Assert.Null(found.Final.Data);
        Assert.True(found.Pending.Count < Everything - 1, "the cancel stopped nothing");
        Assert.Equal(["A00007"], (await scu.FindAsync(Orders.Ask((DicomTags.AccessionNumber, "A00007")))).Accessions);
        await scu.ReleaseAsync();
    }

    [Fact]
    public async Task A_cancel_stops_a_search_that_finds_nothing()
    {
        await using var scp = await Scp.StartAsync();
        await scp.AddAsync([.. Enumerable.Range(0, 20_000).Select(i => Orders.Order($"A{i:D5}"))]);
        await using var scu = await scp.ConnectRawAsync();
        var request = await scu.SendFindAsync(
            Orders.Ask((DicomTags.PatientName, "*NOBODY*")).ToBytes(TransferSyntax.ExplicitVrLittleEndian));
        await scu.CancelAsync(request);
        var found = await scu.ReadFindAsync();

        Assert.Equal(0xFE00, found.Final.Status);
        Assert.Empty(found.Pending);
    }

    [Fact]
    public async Task A_late_cancel_and_one_of_a_request_that_never_was_are_ignored()
    {
        await using var scp = await Scp.StartAsync();
        await scp.AddAsync(Orders.Order("ACC1"));
        await using var scu = await scp.ConnectRawAsync();
        var identifier = Orders.Ask((DicomTags.AccessionNumber, ""));
        var request = await scu.SendFindAsync(identifier.ToBytes(TransferSyntax.ExplicitVrLittleEndian));
        (await scu.ReadFindAsync()).Succeeded();
        await scu.CancelAsync(request);
        await scu.CancelAsync(4711);
        Assert.Equal(["ACC1"], (await scu.FindAsync(identifier)).Accessions);
    }

    [Fact]
    public async Task Our_own_client_that_has_seen_enough_goes_on_with_the_same_association()
    {
        await using var scp = await Scp.StartAsync();
        await scp.AddAsync([.. Enumerable.Range(0, 5_000).Select(i => Orders.Order($"A{i:D5}"))]);
        await using var client = await scp.ConnectAsync();
        await foreach (var answer in client.FindAsync(RawScu.Worklist, Orders.Ask((DicomTags.AccessionNumber, ""))))
        {
            Assert.Equal("A00000", answer.GetString(DicomTags.AccessionNumber));
            break;
        }

        Assert.True((await client.EchoAsync()).IsSuccess);
        await client.ReleaseAsync();
    }
}
