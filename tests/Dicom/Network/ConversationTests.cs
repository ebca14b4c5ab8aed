using Gantry.Dicom.Network;

namespace Gantry.Dicom.Tests.Network;

public sealed class ConversationTests
{
    [Fact]
    public async Task An_echo_is_answered_and_then_the_release()
    {
        await using var listener = await Listening.WithAsync();
        await using var peer = await ScriptedPeer.ConnectAsync(listener);
        await peer.AssociateAsync(VerificationService.SopClassUid);
        Assert.Equal(1, listener.AssociationCount);
        await peer.EchoAsync(7);
        await peer.EchoAsync(8);
        await peer.ReleaseAsync();
        peer.HalfClose();
        await peer.ExpectEndAsync();
        await listener.HasNoAssociationAsync();
    }

    [Fact]
    public async Task A_command_set_in_many_values_and_pdus_is_put_together()
    {
        await using var listener = await Listening.WithAsync();
        await using var peer = await ScriptedPeer.ConnectAsync(listener);
        await peer.AssociateAsync(VerificationService.SopClassUid);
        var command = ScriptedPeer.Echo(3);
        for (var i = 0; i < command.Length; i += 2)
        {
            await peer.SendAsync(new Pdu.Data([
                new PresentationDataValue(1, true, false, command.AsMemory(i, 1)),
                new PresentationDataValue(1, true, i + 2 >= command.Length, command.AsMemory(i + 1, 1))]));
        }
        Assert.Equal(3, (await peer.ReceiveMessageAsync()).Command.MessageIdRespondedTo);
    }

    [Fact]
    public async Task Any_split_of_the_stream_means_the_same()
    {
        await using var listener = await Listening.WithAsync();
        await using var peer = await ScriptedPeer.ConnectAsync(listener);
        var proposal = ScriptedPeer.Proposal(VerificationService.SopClassUid);
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        PduWriter.Write(output, new Pdu.AssociateRequest(proposal));
        PduWriter.Write(output, ScriptedPeer.Message(1, ScriptedPeer.Echo(5))[0]);
        PduWriter.Write(output, new Pdu.ReleaseRequest());
        foreach (var value in output.WrittenSpan.ToArray()) await peer.SendBytesAsync(new[] { value });
        Assert.IsType<Pdu.AssociateAccept>(await peer.ReceiveAsync());
        Assert.IsType<Pdu.Data>(await peer.ReceiveAsync());
        Assert.IsType<Pdu.ReleaseResponse>(await peer.ReceiveAsync());
    }

    [Fact]
    public async Task Requests_sent_ahead_are_answered_in_order_and_a_release_sent_ahead_after_them()
    {
        var gate = new TaskCompletionSource();
        await using var listener = await Listening.WithAsync(new ServiceStub(ServiceStub.Mpps)
        {
            Any = async (_, _) =>
            {
                await gate.Task;
                return DimseResponse.Success;
            },
        });
        await using var peer = await ScriptedPeer.ConnectAsync(listener);
        await peer.AssociateAsync(VerificationService.SopClassUid, ServiceStub.Mpps);
        var delete = new RequestCommand(DimseCommand.NDelete, ServiceStub.Mpps) { SopInstanceUid = "1.2" };
        var pdus = ScriptedPeer.Message(3, delete.ToBytes(1, false)).ToList();
        for (ushort id = 2; id <= 20; id++) pdus.AddRange(ScriptedPeer.Message(1, ScriptedPeer.Echo(id)));
        pdus.Add(new Pdu.ReleaseRequest());
        await peer.SendAsync([.. pdus]);
        gate.SetResult();
        for (ushort id = 1; id <= 20; id++) Assert.Equal(id, (await peer.ReceiveMessageAsync()).Command.MessageIdRespondedTo);
        Assert.IsType<Pdu.ReleaseResponse>(await peer.ReceiveAsync());
    }

    [Fact]
    public async Task A_peer_that_closes_without_waiting_for_the_release_response_is_forgotten()
    {
        await using var listener = await Listening.WithAsync();
        await using (var peer = await ScriptedPeer.ConnectAsync(listener))
        {
            await peer.AssociateAsync(VerificationService.SopClassUid);
            await peer.SendAsync(new Pdu.ReleaseRequest());
        }
        await listener.HasNoAssociationAsync();
        await listener.StillServesAsync();
    }

    [Fact]
    public async Task A_half_closed_peer_still_gets_its_answers()
    {
        await using var listener = await Listening.WithAsync();
        await using var peer = await ScriptedPeer.ConnectAsync(listener);
        await peer.AssociateAsync(VerificationService.SopClassUid);
        await peer.SendMessageAsync(1, ScriptedPeer.Echo(1));
        peer.HalfClose();
        Assert.Equal(1, (await peer.ReceiveMessageAsync()).Command.MessageIdRespondedTo);
        await peer.ExpectEndAsync();
        await listener.HasNoAssociationAsync();
    }

    [Fact]
    public async Task Bytes_that_are_no_dicom_are_answered_with_an_abort()
    {
        await using var listener = await Listening.WithAsync();
        await using var peer = await ScriptedPeer.ConnectAsync(listener);
        await peer.SendBytesAsync("GET / HTTP/1.1\r\n\r\n"u8.ToArray());
        await peer.ExpectAbortAsync(AbortSource.ServiceUser, AbortReason.NotSpecified); // AA-1 in Sta2
        await listener.StillServesAsync();
    }

    public static TheoryData<string, AbortReason> Violations => new()
    {
        { "unknown PDU", AbortReason.UnrecognizedPdu },
        { "second association request", AbortReason.UnexpectedPdu },
        { "association accept", AbortReason.UnexpectedPdu },
        { "release response", AbortReason.UnexpectedPdu },
        { "P-DATA longer than announced", AbortReason.InvalidPduParameterValue },
        { "value past the PDU's end", AbortReason.InvalidPduParameterValue },
        { "context not accepted", AbortReason.InvalidPduParameterValue },
        { "data before its command", AbortReason.UnexpectedPduParameter },
        { "response to nothing", AbortReason.UnexpectedPduParameter },
        { "command set that ends too soon", AbortReason.InvalidPduParameterValue },
        { "command set without a field", AbortReason.InvalidPduParameterValue },
    };

    [Theory]
    [MemberData(nameof(Violations))]
    public async Task A_violation_ends_its_association_with_the_right_reason_and_no_other(string violation, AbortReason reason)
    {
        await using var listener = await Listening.WithAsync();
        await using var bystander = await ScriptedPeer.ConnectAsync(listener);
        await bystander.AssociateAsync(VerificationService.SopClassUid);
        await using var peer = await ScriptedPeer.ConnectAsync(listener);
        await peer.AssociateAsync(VerificationService.SopClassUid);
        await (violation switch
        {
            "unknown PDU" => peer.SendBytesAsync(new byte[] { 9, 0, 0, 0, 0, 0 }),
            "second association request" => peer.SendAsync(new Pdu.AssociateRequest(ScriptedPeer.Proposal("1.2"))),
            "association accept" =>
                peer.SendAsync(new Pdu.AssociateAccept(ScriptedPeer.Proposal(VerificationService.SopClassUid))),
            "release response" => peer.SendAsync(new Pdu.ReleaseResponse()),
            "P-DATA longer than announced" => peer.SendBytesAsync(new byte[] { 4, 0, 0x7F, 0, 0, 0 }),
            "value past the PDU's end" => peer.SendBytesAsync(new byte[] { 4, 0, 0, 0, 0, 6, 0, 0, 0, 99, 1, 3 }),
            "context not accepted" => peer.SendMessageAsync(77, ScriptedPeer.Echo(1)),
            "data before its command" => peer.SendAsync(new Pdu.Data([new PresentationDataValue(1, false, true, new byte[2])])),
            "response to nothing" => peer.SendMessageAsync(1, EchoResponse()),
            "command set that ends too soon" => peer.SendMessageAsync(1, ScriptedPeer.Echo(1)[..^1]),
            "command set without a field" => peer.SendMessageAsync(1, [0, 0, 0, 8, 2, 0, 0, 0, 1, 1]),
            _ => throw new ArgumentOutOfRangeException(nameof(violation), violation, null),
        });
        await peer.ExpectAbortAsync(AbortSource.ServiceProvider, reason);
        peer.HalfClose();
        await peer.ExpectEndAsync();
        await bystander.EchoAsync(2);
        await listener.StillServesAsync();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task An_abort_or_reset_in_any_state_frees_the_association(int messagesBefore)
    {
        var started = new TaskCompletionSource();
        var told = new TaskCompletionSource();
        await using var listener = await Listening.WithAsync(new ServiceStub(ServiceStub.Mpps)
        {
            Any = async (_, token) =>
            {
                started.SetResult();
                await Task.Delay(Timeout.Infinite, token).ContinueWith(_ => told.SetResult(), TaskScheduler.Default);
                token.ThrowIfCancellationRequested();
                return DimseResponse.Success;
            },
        });
        foreach (var isReset in new[] { false, true })
        {
            (started, told) = (new(), new());
            await using var peer = await ScriptedPeer.ConnectAsync(listener);
            if (messagesBefore > 0) await peer.AssociateAsync(VerificationService.SopClassUid, ServiceStub.Mpps);
            if (messagesBefore == 2) await peer.SendBytesAsync(new byte[] { 4, 0, 0, 0 });
            if (messagesBefore == 3)
            {
                var delete = new RequestCommand(DimseCommand.NDelete, ServiceStub.Mpps) { SopInstanceUid = "1.2" };
                await peer.SendMessageAsync(3, delete.ToBytes(1, false));
                await started.Task;
            }
            if (isReset) peer.Reset();
            else if (messagesBefore == 2) peer.HalfClose();
            else await peer.SendAsync(new Pdu.Abort(AbortSource.ServiceUser, AbortReason.NotSpecified));
            if (messagesBefore == 3) await told.Task.WaitAsync(TimeSpan.FromSeconds(10));
            await listener.HasNoAssociationAsync();
        }
        await listener.StillServesAsync();
    }

    [Fact]
    public async Task Requests_that_wait_when_an_association_ends_are_not_served()
    {
        var (started, gate) = (new TaskCompletionSource(), new TaskCompletionSource());
        var served = new List<ushort>();
        await using var listener = await Listening.WithAsync(new ServiceStub(ServiceStub.Mpps)
        {
            Any = async (request, token) =>
            {
                served.Add(request.MessageId);
                await using var registration = token.Register(gate.SetResult);
                started.SetResult();
                await gate.Task;
                return DimseResponse.Success;
            },
        });
        await using var peer = await ScriptedPeer.ConnectAsync(listener);
        await peer.AssociateAsync(ServiceStub.Mpps);
        await peer.SendMessageAsync(1, ServiceStub.Delete(1));
        await started.Task;
        await peer.SendMessageAsync(1, ServiceStub.Delete(2));
        await peer.SendBytesAsync(new byte[] { 9, 0, 0, 0, 0, 0 });
        await peer.ExpectAbortAsync(AbortSource.ServiceProvider, AbortReason.UnrecognizedPdu);
        peer.HalfClose();
        await peer.ExpectEndAsync();
        await listener.HasNoAssociationAsync();
        Assert.Equal([(ushort)1], served);
    }

    [Fact]
    public async Task A_peer_that_half_closes_and_reads_nothing_more_of_its_answers_is_let_go()
    {
        var (count, seen) = (0L, 0L);
        await using var listener = await Listening.WithAsync(_ => { }, new FakeTime(), null, new ServiceStub(ServiceStub.Worklist)
        {
            Find = async (_, responses, token) =>
            {
                while (true)
                {
                    responses.GetSpan(30_000)[..30_000].Clear();
                    responses.Advance(30_000);
                    responses.Commit();
                    Volatile.Write(ref count, responses.Count);
                    await responses.FlushIfFullAsync(token);
                }
            },
        });
        await using var peer = await ScriptedPeer.ConnectAsync(listener);
        await peer.AssociateAsync(ServiceStub.Worklist);
        await peer.SendMessageAsync(1, ScriptedPeer.Find(1), new byte[8]);
        await Eventually.HoldsAsync(() => seen == (seen = Volatile.Read(ref count)) && seen > 0, "the connection is full");
        peer.HalfClose();
        await listener.HasNoAssociationAsync(); // no deadline does it: the clock stands
    }

    private static byte[] EchoResponse()
    {
        var writer = new CommandWriter(new byte[256]);
        writer.UInt16(0x0100, 0x8030);
        writer.UInt16(0x0120, 1);
        writer.UInt16(0x0800, CommandSet.NoDataSet);
        writer.UInt16(0x0900, 0);
        return writer.Finish().ToArray();
    }
}
