using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Gantry.Dicom.Network;
using Gantry.EndToEnd.Tests.Hostile;

namespace Gantry.EndToEnd.Tests.Load;

/// <summary>Thousands of associations at once, and the limits that keep one peer from having them all.</summary>
public sealed class ManyAssociationsTests
{
    [Fact]
    public async Task Two_thousand_idle_associations_cost_little_and_nobody_waits_for_them()
    {
        const int Count = 2000;
        await using var sidecar = await SidecarAlone.StartAsync(
            ("Dicom__MaximumAssociations", "5000"), ("Dicom__MaximumAssociationsPerPeer", "5000"));
        Assert.Equal("4567", (await AskAsync(sidecar)).Only["0008,0050"]);
        var (before, address) = (sidecar.MemoryInUse(), HostilePeer.NewAddress());
        var peers = new List<HostilePeer>();
        try
        {
            foreach (var batch in Enumerable.Range(0, Count).Chunk(50))
                peers.AddRange(await Task.WhenAll(batch.Select(_ => HostilePeer.AssociateAsync(sidecar.Port, from: address))));
            Assert.Equal(Count, await AssociationsAsync(sidecar));

            var clock = Stopwatch.StartNew();
            Assert.Equal("4567", (await AskAsync(sidecar)).Only["0008,0050"]);
            Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
            Assert.InRange(sidecar.MemoryInUse(), 0, before + 100);

            // Each of them is alive
            await Task.WhenAll(peers.Select(async peer =>
            {
                byte[] last = [.. Requests.Echo(1), .. HostilePeer.Bytes(new Pdu.ReleaseRequest())];
                await peer.SendAsync(last);
                Assert.IsType<Pdu.Data>(await peer.ReceiveAsync());
                Assert.IsType<Pdu.ReleaseResponse>(await peer.ReceiveAsync());
            }));
        }
        finally
        {
            foreach (var peer in peers)
                await peer.DisposeAsync();
        }
        Assert.Equal("4567", (await AskAsync(sidecar)).Only["0008,0050"]);
    }

    [Fact]
    public async Task More_associations_than_one_peer_may_have_are_rejected_as_over_the_limit_and_others_are_served()
    {
        await using var sidecar = await SidecarAlone.StartAsync(("Dicom__MaximumAssociationsPerPeer", "3"));
        var address = HostilePeer.NewAddress();
        var peers = new List<HostilePeer>();
        for (var i = 0; i < 3; i++)
            peers.Add(await HostilePeer.AssociateAsync(sidecar.Port, from: address));

        await using var fourth = await HostilePeer.ConnectAsync(sidecar.Port, from: address);
        await fourth.SendAsync(HostilePeer.AssociateRequest());

        var reject = Assert.IsType<Pdu.AssociateReject>(await fourth.ReceiveAsync());
        Assert.Equal((RejectResult.Transient, RejectSource.ServiceProviderPresentation, 2), (reject.Result, reject.Source, reject.Reason));
        Assert.Contains("rejected", await sidecar.LinesAboutAsync(fourth.EndPoint), StringComparison.Ordinal);
        Assert.Equal("4567", (await AskAsync(sidecar)).Only["0008,0050"]);

        // A place that becomes free is given away again
        await peers[0].SendAsync(HostilePeer.Bytes(new Pdu.ReleaseRequest()));
        Assert.IsType<Pdu.ReleaseResponse>(await peers[0].ReceiveAsync());
        peers[0].HalfClose();
        Assert.Null(await peers[0].ReceiveAsync());
        await using var fifth = await AssociateOnceFreeAsync(sidecar, address);
        foreach (var peer in peers)
            await peer.DisposeAsync();
    }

    // The connection's end and the freed place are two moments
    private static async Task<HostilePeer> AssociateOnceFreeAsync(SidecarAlone sidecar, IPAddress address)
    {
        for (var attempt = 0; ; attempt++)
        {
            var peer = await HostilePeer.ConnectAsync(sidecar.Port, from: address);
            await peer.SendAsync(HostilePeer.AssociateRequest());
            if (await peer.ReceiveAsync() is Pdu.AssociateAccept)
                return peer;
            await peer.DisposeAsync();
            Assert.True(attempt < 100, "The place never became free.");
        }
    }

    private static Task<Findscu> AskAsync(SidecarAlone sidecar) => Findscu.AskAsync(sidecar.Port, ["AccessionNumber=4567"]);

    private static async Task<int> AssociationsAsync(SidecarAlone sidecar)
    {
        using var http = new HttpClient();
        var json = await http.GetStringAsync($"http://127.0.0.1:{sidecar.WebPort}/api/listeners");
        return JsonDocument.Parse(json).RootElement.GetProperty("associations").GetInt32();
    }
}
