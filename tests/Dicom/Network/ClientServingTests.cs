using System.Net;
using System.Net.Sockets;
using Gantry.Dicom.Network;

namespace Gantry.Dicom.Tests.Network;

/// <summary>What a peer may ask on an association that our client opened, and how a client meets odd peers.</summary>
public sealed class ClientServingTests : IDisposable
{
    private const string Commitment = "1.2.840.10008.1.20.1";
    private readonly TcpListener _peers = new(IPAddress.Loopback, 0);

    public ClientServingTests() => _peers.Start();

    public void Dispose() => _peers.Dispose();

    private DicomClientOptions Options(params SopClassService[] services) => new()
    {
        Host = "127.0.0.1",
        Port = ((IPEndPoint)_peers.LocalEndpoint).Port,
        Contexts = [new(Commitment, TransferSyntax.ImplicitVrLittleEndian)],
        RoleSelections = [new(Commitment, true, false)],
        Services = services,
    };

    private async Task<(DicomClient Client, ScriptedPeer Peer)> AssociateAsync(DicomClientOptions options)
    {
        var connecting = DicomClient.ConnectAsync(options);
        var (peer, proposal) = await ScriptedPeer.AcceptAsync(_peers);
        await peer.AcceptAsync(proposal);
        return (await connecting, peer);
    }

    private static byte[] Event(ushort messageId) => new RequestCommand(DimseCommand.NEventReport, Commitment)
    {
        SopInstanceUid = "1.2.840.10008.1.20.1.1", EventTypeId = 1,
    }.ToBytes(messageId, hasData: true);

    private static byte[] Patient(string name) =>
        new DicomDataset().Set(DicomTags.PatientName, name).ToBytes(TransferSyntax.ImplicitVrLittleEndian);

    [Fact]
    public async Task An_event_report_that_comes_before_the_response_to_our_action_is_served_and_answered()
    {
        var seen = new List<(string?, ushort?, string?)>();
        var (client, peer) = await AssociateAsync(Options(new ServiceStub(Commitment)
        {
            Any = (request, _) =>
            {
                seen.Add((request.SopInstanceUid, request.EventTypeId, request.ReadDataset().GetString(DicomTags.PatientName)));
                return new(DimseResponse.Success);
            },
        }));
        await using (client)
        await using (peer)
        {
            var acting = client.ActionAsync(Commitment, "1.2.840.10008.1.20.1.1", 1, new DicomDataset());
            var (action, _) = await peer.ReceiveMessageAsync();
            Assert.Equal(DimseCommand.NAction, action.Command);

            await peer.SendMessageAsync(1, Event(77), Patient("COMMITTED"));
            var (answer, _) = await peer.ReceiveMessageAsync();
            Assert.Equal((0x8100, 77, DimseStatus.Success), (answer.Field, answer.MessageIdRespondedTo, answer.Status));
            Assert.Equal((ushort?)1, answer.EventTypeId);
            Assert.False(acting.IsCompleted);

            await peer.SendMessageAsync(1, Response(0x8130, action.MessageId, DimseStatus.Success));
            Assert.Equal(DimseStatus.Success, (await acting).Status);
            Assert.Equal([("1.2.840.10008.1.20.1.1", (ushort?)1, "COMMITTED")], seen);
        }
    }

    [Theory]
    [InlineData(false, DimseStatus.UnrecognizedOperation)]
    [InlineData(true, DimseStatus.ProcessingFailure)]
    public async Task An_event_report_that_nobody_can_serve_is_answered_with_its_status(bool isFailing, ushort status)
    {
        var (client, peer) = await AssociateAsync(Options(
            isFailing ? [new ServiceStub(Commitment) { Any = (_, _) => throw new InvalidOperationException("a fault") }] : []));
        await using (client)
        await using (peer)
        {
            await peer.SendMessageAsync(1, Event(5), Patient("X"));
            Assert.Equal(status, (await peer.ReceiveMessageAsync()).Command.Status);
        }
    }

    [Fact]
    public async Task Nothing_follows_our_release_request_not_even_the_answer_to_a_report_that_crossed_it()
    {
        var (started, gate) = (new TaskCompletionSource(), new TaskCompletionSource());
        var (client, peer) = await AssociateAsync(Options(new ServiceStub(Commitment)
        {
            Any = async (_, _) =>
            {
                started.SetResult();
                await gate.Task;
                return DimseResponse.Success;
            },
        }));
        await using (client)
        await using (peer)
        {
            await peer.SendMessageAsync(1, Event(5), Patient("X"));
            await started.Task;
            var releasing = client.ReleaseAsync();
            Assert.IsType<Pdu.ReleaseRequest>(await peer.ReceiveAsync());
            gate.SetResult();
            await peer.SendAsync(new Pdu.ReleaseResponse());
            await releasing;
            await peer.ExpectEndAsync();
        }
    }

    [Fact]
    public async Task A_transfer_syntax_that_was_not_offered_counts_as_a_refusal()
    {
        var connecting = DicomClient.ConnectAsync(Options());
        var (peer, proposal) = await ScriptedPeer.AcceptAsync(_peers);
        await peer.AcceptAsync(proposal, TransferSyntax.ExplicitVrLittleEndian.Uid);
        await using var client = await connecting;
        Assert.Null(client.AcceptedSyntax(Commitment));
        await Assert.ThrowsAsync<DicomNetworkException>(() => client.ActionAsync(Commitment, "1.2", 1, null));
        await peer.DisposeAsync();
    }

    [Fact]
    public async Task A_peer_that_does_not_heed_a_cancel_is_left()
    {
        var options = Options();
        options.ResponseTimeout = TimeSpan.FromSeconds(1);
        var (client, peer) = await AssociateAsync(options);
        await using (client)
        await using (peer)
        {
            // On a slow machine one match may be late after all, which is told by an exception
            var finding = Task.Run(() => Record.ExceptionAsync(async () =>
            {
                await foreach (var _ in client.FindAsync(Commitment, [])) break;
            }));
            var (find, _) = await peer.ReceiveMessageAsync();
            var match = new System.Buffers.ArrayBufferWriter<byte>();
            foreach (var pdu in ScriptedPeer.Message(1, Response(0x8020, find.MessageId, DimseStatus.Pending), Patient("X")))
                PduWriter.Write(match, pdu);
            // Match after match, none of them late
            await Eventually.DoneAsync(finding, () => peer.SendToClosingAsync(match.WrittenMemory));
            await Assert.ThrowsAsync<DicomNetworkException>(() => client.EchoAsync());
        }
    }

    [Fact]
    public async Task A_client_can_be_disposed_again_and_again()
    {
        var (client, peer) = await AssociateAsync(Options());
        await client.DisposeAsync();
        await client.DisposeAsync();
        await peer.ExpectAbortAsync(AbortSource.ServiceUser, AbortReason.NotSpecified);
        await peer.DisposeAsync();
    }

    private static byte[] Response(ushort field, ushort messageId, ushort status)
    {
        var writer = new CommandWriter(new byte[256]);
        writer.UInt16(0x0100, field);
        writer.UInt16(0x0120, messageId);
        writer.UInt16(
            0x0800, DimseStatus.IsPending(status) ? CommandSet.WithDataSet : CommandSet.NoDataSet);
        writer.UInt16(0x0900, status);
        return writer.Finish().ToArray();
    }
}
