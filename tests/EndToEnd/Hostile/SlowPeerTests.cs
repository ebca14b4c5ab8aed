using Gantry.Dicom;
using Gantry.Dicom.Network;

namespace Gantry.EndToEnd.Tests.Hostile;

/// <summary>Peers that are slow on purpose, fall silent, or close half of the connection: each is ended, and the log says when.</summary>
public sealed class SlowPeerTests(HardenedSidecar hardened) : IClassFixture<HardenedSidecar>
{
    private readonly SidecarAlone _sidecar = hardened.Sidecar;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(74)]
    [InlineData(-1)]
    public Task Silence_before_the_association_ends_with_the_connection(int sent) => Bystander.DuringAsync(_sidecar, async () =>
    {
        await using var peer = await HostilePeer.ConnectAsync(_sidecar.Port);
        var request = HostilePeer.AssociateRequest();
        await peer.SendAsync(request.AsMemory(0, sent < 0 ? request.Length + sent : sent));

        Assert.Empty(await peer.ReadToEndAsync());

        Assert.Contains("awaiting the association request: Artim time-out", await _sidecar.LinesAboutAsync(peer.EndPoint), StringComparison.Ordinal);
    });

    [Fact]
    public Task An_association_request_that_drips_in_is_not_waited_for() => Bystander.DuringAsync(_sidecar, async () =>
    {
        await using var peer = await HostilePeer.ConnectAsync(_sidecar.Port);

        await DripAsync(peer, HostilePeer.AssociateRequest());

        Assert.Empty(await peer.ReadToEndAsync());
        Assert.Contains("awaiting the association request", await _sidecar.LinesAboutAsync(peer.EndPoint), StringComparison.Ordinal);
    });

    [Fact]
    public Task A_request_that_drips_in_is_aborted() => Bystander.DuringAsync(_sidecar, async () =>
    {
        await using var peer = await HostilePeer.AssociateAsync(_sidecar.Port);

        await DripAsync(peer, Requests.Find(1, new DicomDataset().Set(DicomTags.PatientName, new string('A', 60))));

        Assert.IsType<Pdu.Abort>(Assert.Single(await peer.ReadToEndAsync()));
        Assert.Contains("receiving a message: Message time-out", await _sidecar.LinesAboutAsync(peer.EndPoint), StringComparison.Ordinal);
    });

    [Fact]
    public async Task A_silent_association_is_aborted()
    {
        await using var peer = await HostilePeer.AssociateAsync(_sidecar.Port);

        Assert.IsType<Pdu.Abort>(Assert.Single(await peer.ReadToEndAsync()));

        Assert.Contains("awaiting a request: Idle time-out", await _sidecar.LinesAboutAsync(peer.EndPoint), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_peer_that_has_released_and_keeps_the_connection_is_closed()
    {
        await using var peer = await HostilePeer.AssociateAsync(_sidecar.Port);
        await peer.SendAsync(HostilePeer.Bytes(new Pdu.ReleaseRequest()));

        Assert.IsType<Pdu.ReleaseResponse>(Assert.Single(await peer.ReadToEndAsync()));
    }

    [Fact]
    public async Task A_half_closed_connection_still_gets_its_answer_or_ends()
    {
        await using var peer = await HostilePeer.AssociateAsync(_sidecar.Port);
        await peer.SendAsync(Requests.Echo(1));
        peer.HalfClose();

        Assert.All(await peer.ReadToEndAsync(), pdu => Assert.IsType<Pdu.Data>(pdu));
        Assert.Contains("closed by", await _sidecar.LinesAboutAsync(peer.EndPoint), StringComparison.Ordinal);
    }

    [Fact]
    public Task A_peer_that_asks_for_everything_and_reads_nothing_is_given_up() => Bystander.DuringAsync(_sidecar, async () =>
    {
        await using var peer = await HostilePeer.AssociateAsync(_sidecar.Port, receiveBuffer: 4096);
        await peer.SendAsync(Requests.Find(1, Requests.Everything));

        Assert.Contains("serving a request: Send time-out", await _sidecar.LinesAboutAsync(peer.EndPoint), StringComparison.Ordinal);
    });

    /// <summary>A byte now and then, until the other side has had enough.</summary>
    private static async Task DripAsync(HostilePeer peer, byte[] bytes)
    {
        using var clock = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        foreach (var value in bytes)
        {
            if (!await peer.SendAsync(new[] { value }))
                return;
            await clock.WaitForNextTickAsync();
        }
        Assert.Fail("The whole message was taken, drop by drop.");
    }
}
