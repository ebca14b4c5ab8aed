using Gantry.Dicom.Network;
using Gantry.Dicom.Tests.Fuzz;

namespace Gantry.EndToEnd.Tests.Hostile;

/// <summary>Requests of every kind with spoiled contents in sound PDUs: they reach the services behind the protocol.</summary>
public sealed class SpoiledMessageTests
{
    [Fact]
    public async Task A_spoiled_request_is_answered_or_aborted_and_never_a_fault_of_ours()
    {
        await using var sidecar = await SidecarAlone.StartAsync(("Dicom__MessageTimeout", "00:00:02"), ("Dicom__ArtimTimeout", "00:00:02"));
        var (aborted, before) = (0, sidecar.MemoryInUse());
        HostilePeer? peer = null;

        await Bystander.DuringAsync(sidecar, async () =>
        {
            var count = await FuzzRun.ForEachAsync(
                async fuzzCase =>
                {
                    peer ??= await HostilePeer.AssociateAsync(sidecar.Port);
                    var (request, isWholeMessage) = Spoil(new Random(fuzzCase.Seed));
                    await peer.SendAsync(request);
                    await peer.SendAsync(Requests.Marker);
                    if (await MarkerIsAnsweredAsync(peer))
                        return;
                    Assert.False(isWholeMessage, "Only the data set was spoiled, and the association was aborted for it.");
                    await peer.DisposeAsync();
                    peer = null;
                    aborted++;
                },
                usualSeconds: 8);
            Assert.InRange(aborted, 1, count - 1);
        });

        if (peer is not null)
            await peer.DisposeAsync();
        Assert.DoesNotContain("fault of this program", sidecar.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("failed in its service", sidecar.Log, StringComparison.Ordinal);
        Assert.InRange(sidecar.MemoryInUse(), 0, before + 60);
    }

    private static (byte[] Request, bool IsWholeMessage) Spoil(Random random)
    {
#pragma warning disable CA5394 // repeatable by its seed is what is wanted here, not unpredictable
        var (context, command, data) = Requests.EveryKind[random.Next(Requests.EveryKind.Count)];
        // Most cases spoil the data set: a spoiled command seldom gets far
        var isDataSpoiled = data.Length > 0 && random.Next(4) > 0;
        if (isDataSpoiled)
            data = Spoil(random, data);
        else
            command = Spoil(random, command);
#pragma warning restore CA5394
        var request = Requests.Data(context, true, true, command);
        return data.Length == 0 ? (request, false) : ([.. request, .. Requests.Data(context, false, true, data)], isDataSpoiled);
    }

    private static byte[] Spoil(Random random, byte[] bytes)
    {
#pragma warning disable CA5394 // as above
        var (place, wild) = (random.Next(bytes.Length), new byte[random.Next(1, 30)]);
        random.NextBytes(wild);
        switch (random.Next(6))
        {
            case 0:
                return bytes[..place];
            case 1:
                return [.. bytes[..place], .. wild, .. bytes[place..]];
            case 2:
                return [.. bytes, .. bytes[place..]];
            case 3:
                return [.. bytes[..place], .. bytes[Math.Min(bytes.Length, place + wild.Length)..]];
            case 4:
                byte[] undefined = [.. bytes];
                undefined.AsSpan(place, Math.Min(4, bytes.Length - place)).Fill(0xFF);
                return undefined;
            default:
                byte[] flipped = [.. bytes];
                for (var i = random.Next(1, 6); i > 0; i--)
                    flipped[random.Next(flipped.Length)] ^= (byte)(1 << random.Next(8));
                return flipped;
        }
#pragma warning restore CA5394
    }

    /// <summary>Reads until the marker is answered: true; or until an A-ABORT: false. A close without either is a failure.</summary>
    private static async Task<bool> MarkerIsAnsweredAsync(HostilePeer peer)
    {
        while (true)
        {
            switch (await peer.ReceiveAsync())
            {
                case Pdu.Abort:
                    return false;
                case Pdu.Data data when data.Values.Any(Requests.IsAnswerToMarker):
                    return true;
                case Pdu.Data:
                    break;
                case var other:
                    Assert.Fail($"Neither an answer nor an A-ABORT, but {other?.ToString() ?? "a closed connection"}.");
                    break;
            }
        }
    }
}
