using Gantry.Dicom.Network;
using Gantry.Dicom.Tests.Fuzz;

namespace Gantry.EndToEnd.Tests.Hostile;

/// <summary>Peers that break the protocol: always an answer, an A-ABORT or a close, and others are served meanwhile.</summary>
public sealed class BrokenStreamTests(HardenedSidecar hardened) : IClassFixture<HardenedSidecar>
{
    private readonly SidecarAlone _sidecar = hardened.Sidecar;

    [Fact]
    public Task Spoiled_conversations_all_come_to_an_end() => Bystander.DuringAsync(_sidecar, async () =>
    {
        await SpoilAsync(FuzzCase.FromSeed(1)); // warms up
        var before = _sidecar.MemoryInUse();

        var count = await FuzzRun.ForEachAsync(SpoilAsync, usualSeconds: 8);

        Assert.True(count > 50, $"Only {count} cases were run.");
        Assert.InRange(_sidecar.MemoryInUse(), 0, before + 60);
        Assert.True(Path.Exists($"/proc/{_sidecar.Process}"));
        Assert.DoesNotContain("ended by a fault of this program", _sidecar.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("failed in its service", _sidecar.Log, StringComparison.Ordinal);
    });

    [Theory]
    [InlineData("0100FFFFFFFF", "a PDU of 4 GB")]
    [InlineData("04007FFFFFFF", "data of 2 GB")]
    [InlineData("4745542F20485454502F312E310D0A0D0A", "a browser")]
    [InlineData("160301020001000001FC0303", "a TLS client")]
    [InlineData("00000000000000", "nothing but zeroes")]
    [InlineData("FF0000000004", "an unknown PDU")]
    [InlineData("02000000000400000000", "an answer to nothing")]
    public Task A_stream_that_begins_wrong_is_aborted_at_once(string bytes, string what) => Bystander.DuringAsync(_sidecar, async () =>
    {
        await using var peer = await HostilePeer.ConnectAsync(_sidecar.Port);
        await peer.SendAsync(Convert.FromHexString(bytes));

        // In Sta2 the abort is that of a service user (PS3.8 Table 9-7, AA-1)
        Assert.True(await peer.ReceiveAsync() is Pdu.Abort, what);
        Assert.Contains("aborted while awaiting the association request", await _sidecar.LinesAboutAsync(peer.EndPoint), StringComparison.Ordinal);
    });

    [Theory]
    [InlineData("0400FFFFFFFF")]
    [InlineData("040000020001")]                     // one byte more than we announced
    [InlineData("0400000000060000000203FF")]         // a fragment of unknown meaning
    [InlineData("040000000006FFFFFFFF0303")]         // a fragment that is longer than its PDU
    [InlineData("04000000000600000002FD03")]         // a context that nobody agreed on
    [InlineData("040000000006000000000303")]         // a fragment without its header
    [InlineData("0100000000040000000A")]             // a second association request, cut off
    [InlineData("0300000000040001010A")]             // a rejection
    public Task A_broken_PDU_within_an_association_is_aborted(string bytes) => Bystander.DuringAsync(_sidecar, async () =>
    {
        await using var peer = await HostilePeer.AssociateAsync(_sidecar.Port);
        await peer.SendAsync(Convert.FromHexString(bytes));

        Assert.True(await peer.ReceiveAsync() is Pdu.Abort { Source: AbortSource.ServiceProvider });
        Assert.Matches("aborted while (receiving a message|awaiting a request)", await _sidecar.LinesAboutAsync(peer.EndPoint));
    });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task Fragments_without_end_are_not_kept(bool isCommand) => Bystander.DuringAsync(_sidecar, async () =>
    {
        await using var peer = await HostilePeer.AssociateAsync(_sidecar.Port);
        var before = _sidecar.MemoryInUse();
        var fragment = Requests.Data(Requests.Worklist, isCommand, isLast: false, new byte[65_536]);
        if (!isCommand)
            await peer.SendAsync(Requests.Data(Requests.Worklist, true, true, Requests.FindCommand(1)));

        // Until it is thrown out: a command by its size, a data set by the time that a message may take
        var sent = 0L;
        var end = peer.ReceiveAsync();
        while (!end.IsCompleted && await peer.SendAsync(fragment))
            sent += fragment.Length;

        Assert.IsType<Pdu.Abort>(await end);
        Assert.InRange(_sidecar.MemoryInUse(), 0, before + 60);
        Assert.Contains("while receiving a message", await _sidecar.LinesAboutAsync(peer.EndPoint), StringComparison.Ordinal);
        Assert.True(!isCommand || sent < 32 << 20, $"{sent} bytes of a command were taken.");
    });

    [Fact]
    public async Task Identifiers_nested_deep_and_spoiled_are_answered_and_the_association_goes_on()
    {
        byte[] sequence = [0x40, 0x00, 0x00, 0x01, 0xFF, 0xFF, 0xFF, 0xFF, 0xFE, 0xFF, 0x00, 0xE0, 0xFF, 0xFF, 0xFF, 0xFF];
        byte[] name = [0x10, 0x00, 0x10, 0x00];
        byte[][] identifiers =
        [
            [.. Enumerable.Repeat(sequence, 50_000).SelectMany(level => level)],     // deep, 800 KB
            [.. sequence],                                                           // ends in the middle
            [.. name, 0xFF, 0xFF, 0xFF, 0x7F],                                       // a value of 2 GB
            [.. name, 0x00, 0x01, 0x00, 0x00, 0x41],                                 // a value that is not there
            [.. name, 0xFF, 0xFF, 0xFF, 0xFF],                                       // a name of undefined length
            [0x08, 0x00, 0x05, 0x00, 0x06, 0x00, 0x00, 0x00, .. "NO SET"u8],         // an unknown character set
            [0x08, 0x00, 0x20, 0x00, 0x04, 0x00, 0x00, 0x00, .. "x%1\\"u8],          // no date
            [0x00],
        ];
        await using var peer = await HostilePeer.AssociateAsync(_sidecar.Port);

        for (ushort id = 1; id <= identifiers.Length; id++)
        {
            await peer.SendAsync(Requests.Find(id, identifiers[id - 1]));
            Assert.IsType<Pdu.Data>(await peer.ReceiveAsync());
            // What follows the first PDU of an answer, if anything, is over when the echo is answered
            await peer.SendAsync(Requests.Marker);
            while (await peer.ReceiveAsync() is { } pdu && !Assert.IsType<Pdu.Data>(pdu).Values.Any(Requests.IsAnswerToMarker))
                continue;
        }
        await peer.SendAsync(HostilePeer.Bytes(new Pdu.ReleaseRequest()));
        Assert.IsType<Pdu.ReleaseResponse>(await peer.ReceiveAsync());
        await _sidecar.LinesAboutAsync(peer.EndPoint);
    }

    [Fact]
    public async Task Cancels_and_requests_in_any_order_end_in_one_answer_each()
    {
        await using var peer = await HostilePeer.AssociateAsync(_sidecar.Port);
        var burst = Enumerable.Range(1, 200).SelectMany(id => Requests.Echo((ushort)id)).ToArray();
        await peer.SendAsync(burst);

        var answers = 0;
        while (answers < 200)
            answers += Assert.IsType<Pdu.Data>(await peer.ReceiveAsync()).Values.Count;

        await peer.SendAsync(HostilePeer.Bytes(new Pdu.ReleaseRequest()));
        Assert.IsType<Pdu.ReleaseResponse>(await peer.ReceiveAsync());
    }

    [Fact]
    public Task A_flood_of_connections_from_one_address_leaves_room_for_others() => Bystander.DuringAsync(_sidecar, async () =>
    {
        var (peers, address) = (new List<HostilePeer>(), HostilePeer.NewAddress());
        try
        {
            for (var i = 0; i < 700; i++)
                peers.Add(await HostilePeer.ConnectAsync(_sidecar.Port, from: address));
            await _sidecar.LogShowsAsync("closed at once: too many connections of this peer without an association");

            // All of them end: those above the limit at once, the others when they do not associate in time
            Assert.All(await Task.WhenAll(peers.Select(peer => peer.ReadToEndAsync())), Assert.Empty);
        }
        finally
        {
            foreach (var peer in peers)
                await peer.DisposeAsync();
        }
    });

    /// <summary>Sends a spoiled conversation, hangs up and reads to the end, which has to come, and has to be PDUs.</summary>
    private async Task SpoilAsync(FuzzCase fuzzCase)
    {
        await using var peer = await HostilePeer.ConnectAsync(_sidecar.Port);
        var reading = peer.ReadToEndAsync();
        foreach (var piece in fuzzCase.Pdus)
        {
            if (!await peer.SendAsync(piece))
                break;
        }
        peer.HalfClose();
        await reading;
    }
}
