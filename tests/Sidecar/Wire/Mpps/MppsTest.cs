using Gantry.Dicom;
using Gantry.Dicom.Network;
using Gantry.Sidecar.Peers;
using Gantry.Sidecar.Settings;

namespace Gantry.Sidecar.Tests.Wire.Mpps;

/// <summary>A test that begins with one order, ACC1, and an open association.</summary>
public abstract class MppsTest : IAsyncLifetime
{
    internal const string Uid = "1.2.3.100";

    internal Scp Scp { get; private set; } = null!;

    internal DicomClient Client { get; private set; } = null!;

    /// <summary>How the peer is served; lenient by default.</summary>
    internal virtual PeerOptions? Peer => null;

    public async Task InitializeAsync()
    {
        Scp = await Scp.StartAsync(Peer);
        await Scp.AddAsync(Steps.Order);
        Client = await Scp.ConnectAsync();
    }

    public async Task DisposeAsync()
    {
        await Client.DisposeAsync();
        await Scp.DisposeAsync();
    }

    internal async Task StartStepAsync(DicomDataset? step = null) => AssertSuccess(await Client.CreateStepAsync(Uid, step ?? Steps.Started()));

    internal async Task ReconnectAsync()
    {
        await Client.DisposeAsync();
        Client = await Scp.ConnectAsync();
    }

    internal static void AssertSuccess(DimseResponse response) =>
        Assert.True(response.Status == 0, $"0x{response.Status:X4} {response.ErrorComment}");

    internal static void AssertRefused(ushort status, DimseResponse response, params DicomTag[] attributes)
    {
        Assert.Equal($"0x{status:X4}", $"0x{response.Status:X4}");
        Assert.NotNull(response.ErrorComment);
        Assert.True(response.ErrorComment.Length <= 64);
        Assert.Equal(attributes, response.AttributeList);
    }

    internal static PeerOptions StrictPeer { get; } = new() { MppsProfile = MppsProfile.Strict };
}
