using System.Buffers;
using System.Net.Sockets;

namespace Gantry.Dicom.Network;

/// <summary>The read loop of the requesting side.</summary>
internal sealed partial class ClientAssociation
{
    private async Task ReadLoopAsync()
    {
        try
        {
            while (Volatile.Read(ref _isClosed) == 0)
            {
                if (await ReadPduAsync()) continue;
                var count = await _transport.ReceiveAsync(_receive.Free(), CancellationToken.None);
                if (count == 0)
                {
                    Lost("the peer closed the connection");
                    return;
                }
                _receive.Received(count);
            }
        }
        catch (ProtocolViolationException e)
        {
            await RefuseAsync(e.Reason, e.Message);
        }
        catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException or OperationCanceledException)
        {
            Lost(e.Message);
        }
        catch (Exception e)
        {
            _logger.AssociationFault(e, 0, _transport.RemoteEndPoint);
            Lost(e.Message);
        }
    }

    private async ValueTask<bool> ReadPduAsync()
    {
        var unread = _receive.Unread;
        var input = new ReadOnlySequence<byte>(unread);
        if (!PduReader.TryRead(ref input, (uint)_options.MaximumPduLength, out var pdu)) return false;
        _receive.Consume(unread.Length - (int)input.Length);
        switch (pdu)
        {
            case Pdu.AssociateRequest:
                await ActAsync(AssociationEvent.AssociateRequestReceived);
                break;
            case Pdu.AssociateAccept accept:
                // The contexts first: the peer may send at once
                if (_state == AssociationState.AwaitingAssociateResponse) Agree(accept.Parameters);
                if (await ActAsync(AssociationEvent.AssociateAcceptReceived) == AssociationAction.AE3)
                    _accepted.TrySetResult(accept.Parameters);
                break;
            case Pdu.AssociateReject reject:
                if (await ActAsync(AssociationEvent.AssociateRejectReceived) == AssociationAction.AE4) Close(Rejected(reject));
                break;
            case Pdu.Data data:
                if (await ActAsync(AssociationEvent.DataReceived) is AssociationAction.DT2 or AssociationAction.AR6)
                    await TakeAsync(data);
                break;
            case Pdu.ReleaseRequest:
                await ActAsync(AssociationEvent.ReleaseRequestReceived);
                break;
            case Pdu.ReleaseResponse:
                await ActAsync(AssociationEvent.ReleaseResponseReceived);
                break;
            case Pdu.Abort abort:
                Lost($"the peer aborted the association (source {abort.Source}, reason {abort.Reason})");
                break;
        }
        return true;
    }

    private async ValueTask<AssociationAction> ActAsync(AssociationEvent happened)
    {
        AssociationTransition transition;
        lock (_stateLock) transition = Happened(happened);
        switch (transition.Action)
        {
            case AssociationAction.AR2:
                // The peer ends it; whatever waits for a reply learns so
                await RespondToReleaseAsync();
                Lost("the peer released the association");
                break;
            case AssociationAction.AR8:
                await RespondToReleaseAsync();
                break;
            case AssociationAction.AR3:
                _released.TrySetResult();
                Close(Failure(NetworkPhase.Send, "The association", "it has been released"));
                break;
            case AssociationAction.AA8:
                await RefuseAsync(AbortReason.UnexpectedPdu, $"{happened} out of place");
                break;
            default:
                break;
        }
        return transition.Action;
    }

    // Of the two states after AR-8 ours is the requestor's, Sta9
    private AssociationTransition Happened(AssociationEvent happened)
    {
        var transition = AssociationStateMachine.Next(_state, happened);
        _state = transition.Next;
        return transition;
    }

    private async Task RespondToReleaseAsync()
    {
        lock (_stateLock) Happened(AssociationEvent.ReleaseResponded);
        await WriteAsync(output => PduWriter.Write(output, new Pdu.ReleaseResponse()), _ended.Token);
    }

    private void Agree(AssociateParameters accepted)
    {
        var contexts = new List<AcceptedContext>();
        foreach (var context in accepted.PresentationContexts)
        {
            if (context.Result != ContextResult.Acceptance || context.TransferSyntaxes.Count == 0) continue;
            var proposed = _info!.Parameters.PresentationContexts.FirstOrDefault(c => c.Id == context.Id)
                ?? throw new ProtocolViolationException(
                    AbortReason.InvalidPduParameterValue,
                    $"The peer accepted presentation context {context.Id}, which was not proposed.");
            // A syntax that was not offered cannot be spoken: as if the context had been refused
            if (!proposed.TransferSyntaxes.Contains(context.TransferSyntaxes[0], StringComparer.Ordinal)) continue;
            contexts.Add(new AcceptedContext(
                context.Id, proposed.AbstractSyntax, TransferSyntax.FromUid(context.TransferSyntaxes[0]),
                _services.Find(proposed.AbstractSyntax)));
        }
        _assembler.Contexts = new ContextTable(contexts);
        _limit = MessageWriter.Limit(accepted.MaximumLength);
    }

    private async ValueTask TakeAsync(Pdu.Data data)
    {
        foreach (var value in data.Values)
        {
            if (_assembler.Add(value) is not { } message) continue;
            if (!message.Command.IsResponse)
            {
                await ServeAsync(message);
                continue;
            }
            if (message.IsTooLong)
                throw new ProtocolViolationException(
                    AbortReason.NotSpecified, $"A response's data set is longer than {_options.MaximumDatasetLength} bytes.");
            await _responses.Writer.WriteAsync(message, _ended.Token);
        }
    }

    /// <summary>Answers a request of the peer on our association: N-EVENT-REPORT, or C-STORE of a C-GET.</summary>
    private async Task ServeAsync(IncomingMessage message)
    {
        if (message.Command.Command == DimseCommand.CCancel) return;
        var request = ServiceCalls.ToRequest(message, _info!);
        DimseResponse response;
        ReadOnlyMemory<byte> data = default;
        try
        {
            response = message.Context.Service is not { } service
                ? SopClassService.UnrecognizedResponse
                : ServiceCalls.Refusal(message, request, service)
                    ?? await ServiceCalls.InvokeAsync(service, request, null, _ended.Token);
            data = response.Dataset is { } dataset ? dataset.ToBytes(request.TransferSyntax) : response.Data;
        }
        catch (DimseException e)
        {
            response = e.Response;
        }
        catch (DicomFormatException)
        {
            response = ServiceCalls.Unreadable(request);
        }
        catch (Exception e) when (!_ended.IsCancellationRequested)
        {
            _logger.ServiceFault(
                e, request.Command, request.MessageId, _options.CalledAeTitle, _transport.RemoteEndPoint, 0, request.SopClassUid);
            response = new DimseResponse(DimseStatus.ProcessingFailure);
        }
        message.Return();
        var command = new byte[ResponseWriter.MaximumLength(request, response)];
        var length = ResponseWriter.Write(command, request, response, data.Length > 0).Length;
        await WriteAsync(
            output =>
            {
                // Behind our release request nothing may follow (PS3.8 Table 9-10, Evt9 in Sta7)
                if (_state != AssociationState.Established) return;
                MessageWriter.Write(output, request.ContextId, _limit, command.AsSpan(0, length), data.Span, data.Length > 0);
            },
            _ended.Token);
    }

    private async Task RefuseAsync(AbortReason reason, string why)
    {
        try
        {
            await WriteAsync(output => PduWriter.Write(output, new Pdu.Abort(AbortSource.ServiceProvider, reason)), _ended.Token);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The peer learns it from the closed connection
        }
        Lost(why);
    }

    private void Lost(string why)
    {
        if (Volatile.Read(ref _isClosed) != 0) return;
        _logger.ClientLost(Peer, why);
        var phase = _accepted.Task.IsCompleted ? NetworkPhase.AwaitReply : NetworkPhase.Associate;
        Close(Failure(phase, "The association", why));
    }

    private AssociationRejectedException Rejected(Pdu.AssociateReject reject) => new(
        $"{Peer} rejected the association of {_options.CallingAeTitle} to {_options.CalledAeTitle}: "
        + $"{RejectReasons.Describe(reject.Source, reject.Reason)} "
        + $"({(reject.Result == RejectResult.Permanent ? "permanently" : "for now")})",
        reject.Result, reject.Source, reject.Reason);
}
