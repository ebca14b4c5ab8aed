using System.Buffers.Binary;
using System.Buffers;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;

namespace Gantry.Dicom.Network;

/// <summary>PDUs and the state machine of PS3.8 9.2.</summary>
internal sealed partial class ScpAssociation
{
    private const string DicomApplicationContext = "1.2.840.10008.3.1.1.1";
    private AssociationState _state = AssociationState.Idle;
    private (AbortSource Source, AbortReason Reason)? _abort; // to be sent when no service writes any more
    private bool _mustRespondToRelease, _wasReleased;
    private bool _isDeaf;                                      // the stream has lost its framing
    private int _limit;
    private X509Certificate2? _clientCertificate;

    /// <summary>What was going on, for the log.</summary>
    private string Phase => PhaseIn(_state);

    private string PhaseIn(AssociationState state) => _running is not null ? "serving a request" : state switch
    {
        AssociationState.AwaitingAssociateRequest => "awaiting the association request",
        AssociationState.Established =>
            _assembler.IsMidMessage || _receive.UnreadLength > 0 ? "receiving a message" : "awaiting a request",
        AssociationState.AwaitingTransportClose => "awaiting the connection's end",
        _ => "releasing",
    };

    private async Task<bool> HandshakeAsync()
    {
        if (_transport is not TlsTransport tls) return true;
        try
        {
            await tls.Stream.AuthenticateAsServerAsync(_host.Options.Tls!, _deadlines.Reading);
            _clientCertificate = tls.Stream.RemoteCertificate as X509Certificate2;
            return true;
        }
        catch (Exception e) when (e is IOException or System.Security.Authentication.AuthenticationException
            or OperationCanceledException or ObjectDisposedException or System.Net.Sockets.SocketException)
        {
            var error = _deadlines.Expired == DeadlineKind.None ? e.InnerException?.Message ?? e.Message : "time-out";
            LogAt(LogLevel.Warning).TlsFailed(Id, _transport.RemoteEndPoint, error);
            return false;
        }
    }

    /// <summary>Reads all PDUs that are complete. True: it stopped early, because much waits to be sent.</summary>
    private bool ProcessInput()
    {
        try
        {
            while (true)
            {
                if (_running is null && !_deadlines.Working.IsCancellationRequested && _waiting.TryDequeue(out var message))
                {
                    Serve(message);
                    continue;
                }
                if (_running is null && _send.Length >= SendBuffer.FullLength) return true;
                if (_waiting.Count >= MaximumWaiting || !ReadPdu()) return false;
            }
        }
        catch (ProtocolViolationException e)
        {
            LogAt(LogLevel.Warning).ProtocolViolation(Id, _transport.RemoteEndPoint, Phase, e.Message);
            if (_state != AssociationState.AwaitingTransportClose) Interlocked.Increment(ref _host.Counters.AbortedCount);
            Happened(AssociationEvent.InvalidPduReceived, e.Reason);
            _isDeaf = true;
            return false;
        }
    }

    private bool ReadPdu()
    {
        if (_state == AssociationState.Idle || _abort is not null) return false;
        var unread = _receive.Unread;
        if (_isDeaf)
        {
            _receive.Consume(unread.Length);
            return false;
        }
        if (unread.Length < PduHeader.Size) return false;
        if (_isOnAcceptLoop && _state != AssociationState.AwaitingAssociateRequest) return false;
        // The path of every request, without an object per PDU: P-DATA-TF in Sta6 is DT-2, and stays there
        if (unread.Span[0] == (byte)PduType.Data && _state == AssociationState.Established)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(unread.Span[2..]);
            if (length > (uint)_host.Options.MaximumPduLength)
            {
                throw new ProtocolViolationException(
                    AbortReason.InvalidPduParameterValue,
                    $"P-DATA-TF is {length} bytes long; we announced that we take {_host.Options.MaximumPduLength}.");
            }
            if (length > (uint)(unread.Length - PduHeader.Size)) return false;
            _receive.Consume(PduHeader.Size + (int)length);
            foreach (var value in new PresentationDataReader(unread.Slice(PduHeader.Size, (int)length)))
            {
                if (_assembler.Add(value) is { } message) OnMessage(message);
            }
            return true;
        }
        var input = new ReadOnlySequence<byte>(unread);
        if (!PduReader.TryRead(ref input, new PduLimits((uint)_host.Options.MaximumPduLength), out var pdu)) return false;
        _receive.Consume(unread.Length - (int)input.Length);
        OnPdu(pdu);
        return true;
    }

    private void OnPdu(Pdu pdu)
    {
        switch (pdu)
        {
            case Pdu.AssociateRequest request:
                if (Happened(AssociationEvent.AssociateRequestReceived) == AssociationAction.AE6) Decide(request.Parameters);
                break;
            case Pdu.AssociateAccept:
                Happened(AssociationEvent.AssociateAcceptReceived);
                break;
            case Pdu.AssociateReject:
                Happened(AssociationEvent.AssociateRejectReceived);
                break;
            case Pdu.Data:
                Happened(AssociationEvent.DataReceived); // not in Sta6; what comes during our release is not served
                break;
            case Pdu.ReleaseRequest:
                Happened(AssociationEvent.ReleaseRequestReceived);
                // At once if nothing runs: some peers repeat the request right behind it, which is a violation only
                // before the answer
                if (_running is null) SendWhatWasDeferred();
                break;
            case Pdu.ReleaseResponse:
                Happened(AssociationEvent.ReleaseResponseReceived);
                break;
            case Pdu.Abort abort:
                if (_state is not (AssociationState.AwaitingTransportClose or AssociationState.AwaitingAssociateRequest))
                {
                    Interlocked.Increment(ref _host.Counters.AbortedCount);
                    LogAt(LogLevel.Information).AbortedByPeer(Id, _transport.RemoteEndPoint, Phase, abort.Source, abort.Reason);
                }
                Happened(AssociationEvent.AbortReceived);
                break;
        }
    }

    /// <summary>Asks the state machine what an event means, and does it.</summary>
    private AssociationAction Happened(AssociationEvent happened, AbortReason reason = AbortReason.UnexpectedPdu)
    {
        var transition = AssociationStateMachine.Next(_state, happened);
        var before = _state;
        // Of the two states after AR-8 ours is the acceptor's, Sta10
        _state = transition.Action == AssociationAction.AR8 ? transition.Otherwise!.Value : transition.Next;
        switch (transition.Action)
        {
            case AssociationAction.AE7 or AssociationAction.AE8 or AssociationAction.AR1 or AssociationAction.AR4:
                break; // the caller has written the PDU
            case AssociationAction.AR2 or AssociationAction.AR10:
                _mustRespondToRelease = true;
                break;
            case AssociationAction.AA1:
                Abort(AbortSource.ServiceUser, AbortReason.NotSpecified);
                break;
            case AssociationAction.AA7 or AssociationAction.AA8:
                // AA-7 leaves ARTIM as it runs, or a peer could hold the connection for ever
                if (happened is not AssociationEvent.InvalidPduReceived)
                {
                    LogAt(LogLevel.Warning).ProtocolViolation(
                        Id, _transport.RemoteEndPoint, PhaseIn(before), $"{happened} in state {before}");
                }
                Abort(AbortSource.ServiceProvider, reason, startsArtim: transition.Action == AssociationAction.AA8);
                break;
            case AssociationAction.AR3:
                _wasReleased = true;
                _host.Logger.AssociationReleased(Id, _transport.RemoteEndPoint);
                break;
            default:
                break; // nothing to send
        }
        if (_state == AssociationState.Idle) _deadlines.StopWorking();
        return transition.Action;
    }

    private void Abort(AbortSource source, AbortReason reason, bool startsArtim = true)
    {
        _abort = (source, reason);
        _deadlines.StopWorking();
        if (startsArtim) _deadlines.ExpectRead(DeadlineKind.Artim, _host.Options.ArtimTimeout);
    }

    // The peer is told, if that is still possible; the connection closes behind it
    private async Task AbortAfterFaultAsync()
    {
        if (_running is not null || _isSendBroken || _state is AssociationState.Idle or AssociationState.AwaitingTransportClose)
            return;
        Interlocked.Increment(ref _host.Counters.AbortedCount);
        _send.Clear();
        PduWriter.Write(_send, new Pdu.Abort(AbortSource.ServiceProvider, AbortReason.NotSpecified));
        await FlushAsync();
    }

    private void Decide(AssociateParameters proposed)
    {
        _deadlines.ExpectNothing(); // AE-6 stops ARTIM
        var decision = Judge(proposed);
        if (decision.IsAccepted && !_host.Limits.Associate(_transport.RemoteEndPoint.Address))
            decision = AssociationDecision.RejectLimit;
        if (!decision.IsAccepted)
        {
            Interlocked.Increment(ref _host.Counters.RejectedCount);
            LogAt(LogLevel.Warning).AssociationRejected(
                Id, proposed.CallingAeTitle, _transport.RemoteEndPoint, proposed.CalledAeTitle,
                RejectReasons.Describe(decision.Source, decision.Reason));
            PduWriter.Write(_send, new Pdu.AssociateReject(decision.Result, decision.Source, decision.Reason));
            _deadlines.ExpectRead(DeadlineKind.Artim, _host.Options.ArtimTimeout);
            Happened(AssociationEvent.AssociateRejected);
            return;
        }
        _wasAssociated = true;
        Interlocked.Increment(ref _host.Counters.AcceptedCount);
        _info = new AssociationInfo
        {
            Id = Id,
            RemoteEndPoint = _transport.RemoteEndPoint,
            LocalEndPoint = _transport.LocalEndPoint,
            Parameters = proposed,
            PeerTag = decision.PeerTag,
            LogQuota = _host.LogQuota,
        };
        (var answer, _assembler.Contexts) = _host.Negotiator.Negotiate(proposed, decision.UserIdentityResponse);
        _limit = MessageWriter.Limit(proposed.MaximumLength);
        try
        {
            PduWriter.Write(_send, new Pdu.AssociateAccept(answer));
        }
        catch (ArgumentException e)
        {
            // The reader took something that the standard does not let us answer, such as one context id twice
            throw new ProtocolViolationException(
                AbortReason.InvalidPduParameterValue, $"The association request cannot be answered: {e.Message}");
        }
        _host.Logger.AssociationAccepted(
            Id, proposed.CallingAeTitle, _transport.RemoteEndPoint, proposed.CalledAeTitle, _assembler.Contexts.Count);
        Happened(AssociationEvent.AssociateAccepted);
    }

    private AssociationDecision Judge(AssociateParameters proposed)
    {
        if ((proposed.ProtocolVersion & 1) == 0)
        {
            return AssociationDecision.Reject(
                RejectResult.Permanent, RejectSource.ServiceProviderAcse, RejectReasons.AcseProtocolVersionNotSupported);
        }
        if (proposed.ApplicationContext != DicomApplicationContext)
        {
            return AssociationDecision.Reject(
                RejectResult.Permanent, RejectSource.ServiceUser, RejectReasons.UserApplicationContextNotSupported);
        }
        if (_host.IsStopping) return AssociationDecision.RejectCongestion;
        try
        {
            return _host.Policy.Decide(new(proposed, _transport.RemoteEndPoint, _transport.LocalEndPoint, _clientCertificate)
            {
                LogQuota = _host.LogQuota,
            });
        }
        catch (Exception e)
        {
            LogAt(LogLevel.Error).AssociationFault(e, Id, _transport.RemoteEndPoint);
            return AssociationDecision.RejectCongestion; // our fault, and perhaps gone when the peer tries again
        }
    }

    /// <summary>Asks the peer for release, if there is still something to release.</summary>
    private bool BeginRelease()
    {
        if (_state == AssociationState.AwaitingAssociateRequest)
        {
            _state = AssociationState.Idle; // a connection that never associated is just closed
            return true;
        }
        if (_state != AssociationState.Established) return false;
        PduWriter.Write(_send, new Pdu.ReleaseRequest());
        _releaseDeadline = _host.Deadline(_host.Options.ArtimTimeout);
        Happened(AssociationEvent.ReleaseRequested);
        return true;
    }

    /// <summary>Writes what had to wait until no service was writing: an abort, or the answer to a release request.</summary>
    private void SendWhatWasDeferred()
    {
        if (_abort is { } abort)
        {
            _send.Clear();
            _abort = null;
            if (!_isSendBroken) PduWriter.Write(_send, new Pdu.Abort(abort.Source, abort.Reason));
            // When we shut down, nobody waits for the peer to close
            if (_isSendBroken || _deadlines.Expired == DeadlineKind.Shutdown) _state = AssociationState.Idle;
        }
        else if (_mustRespondToRelease && _waiting.Count == 0)
        {
            _mustRespondToRelease = false;
            PduWriter.Write(_send, new Pdu.ReleaseResponse());
            _deadlines.ExpectRead(DeadlineKind.Artim, _host.Options.ArtimTimeout);
            Happened(AssociationEvent.ReleaseResponded);
            if (!_wasReleased) _host.Logger.AssociationReleased(Id, _transport.RemoteEndPoint);
            _wasReleased = true;
        }
    }
}
