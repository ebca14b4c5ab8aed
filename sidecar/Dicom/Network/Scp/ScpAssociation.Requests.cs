using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;

namespace Gantry.Dicom.Network;

/// <summary>DIMSE requests: in order, one at a time.</summary>
internal sealed partial class ScpAssociation
{
    // The window is one operation; peers that send more ahead wait in the socket
    private const int MaximumWaiting = 4;
    private readonly Queue<IncomingMessage> _waiting = new();
    private Task? _running;          // the request whose service has not finished
    private ushort _runningMessageId;
    private FindResponses? _find;    // kept for the next C-FIND
    private FindResponses? _runningFind;

    internal void CountPending(long count) => Interlocked.Add(ref _host.Counters.PendingCount, count);

    private void OnMessage(IncomingMessage message)
    {
        _messageDeadline = 0;
        if (message.Command.IsResponse)
            throw new ProtocolViolationException(
                AbortReason.UnexpectedPduParameter, "A DIMSE response came, and nothing was asked.");
        if (message.Command.Command == DimseCommand.CCancel)
        {
            Cancel(message.Command.MessageIdRespondedTo);
            message.Return();
        }
        else if (_running is null && _waiting.Count == 0 && _abort is null)
        {
            Serve(message);
        }
        else
        {
            _waiting.Enqueue(message);
        }
    }

    // A C-CANCEL of a request that has been answered is late, and means nothing (PS3.7 9.3.2.3)
    private void Cancel(ushort messageId)
    {
        if (_running is not null && _runningMessageId == messageId)
        {
            _runningFind?.Cancel();
            return;
        }
        foreach (var message in _waiting)
        {
            if (message.Command.MessageId == messageId) message.IsCancelled = true;
        }
    }

    private void Serve(IncomingMessage message)
    {
        _deadlines.ExpectNothing(); // the message came in time; what the service takes is its own affair
        _runningMessageId = message.Command.MessageId;
        var served = ServeAsync(message);
        if (!served.IsCompleted) _running = served.AsTask();
        else served.GetAwaiter().GetResult();
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask ServeAsync(IncomingMessage message)
    {
        var request = ServiceCalls.ToRequest(message, _info!);
        DimseResponse response;
        ReadOnlyMemory<byte> data = default;
        try
        {
            response = await AnswerAsync(message, request);
            data = response.Dataset is { } dataset ? dataset.ToBytes(request.TransferSyntax) : response.Data;
        }
        catch (Exception e)
        {
            response = Failure(e, request);
        }
        // Once the association is over nobody is there to get it
        var isOver = _deadlines.Working.IsCancellationRequested;
        _runningFind?.End(isUnwanted: isOver || response.Status == DimseStatus.Cancel);
        _runningFind = null;
        if (!isOver) Respond(request, response, data.Span);
        message.Return();
    }

    private ValueTask<DimseResponse> AnswerAsync(IncomingMessage message, DimseRequest request)
    {
        var service = message.Context.Service!;
        if (ServiceCalls.Refusal(message, request, service) is { } refusal) return new(refusal);
        if (message.IsCancelled) return new(new DimseResponse(DimseStatus.Cancel));
        if (request.Command == DimseCommand.CFind)
        {
            _runningFind = _find ??= new FindResponses(this, _send);
            _runningFind.Begin(request, _limit);
        }
        return ServiceCalls.InvokeAsync(service, request, _runningFind, _deadlines.Working);
    }

    private DimseResponse? RefuseBeforeData(IncomingMessage message)
    {
        if (message.Command.IsResponse) return null;
        var request = ServiceCalls.ToRequest(message, _info!);
        try
        {
            return message.Context.Service!.RefuseBeforeData(request);
        }
        catch (Exception e)
        {
            return Failure(e, request);
        }
    }

    /// <summary>The one place where a service's exception becomes a response.</summary>
    private DimseResponse Failure(Exception exception, DimseRequest request)
    {
        switch (exception)
        {
            case DimseException failure:
                return failure.Response;
            case DicomFormatException:
                return ServiceCalls.Unreadable(request);
            case OperationCanceledException or IOException when _deadlines.Working.IsCancellationRequested:
                break; // the association is over, and the service noticed
            default:
                LogAt(LogLevel.Error).ServiceFault(
                    exception, request.Command, request.MessageId, _info!.CallingAeTitle, _transport.RemoteEndPoint, Id,
                    Printable(request.SopClassUid));
                break;
        }
        return new DimseResponse(DimseStatus.ProcessingFailure)
        {
            ErrorComment = "The request failed in this system; see its log",
        };
    }

    /// <summary>A UID for the log: what came from the wire may be anything of any length.</summary>
    private static string Printable(string uid) => DicomUid.IsValid(uid) ? uid : "not a UID";

    private void Respond(DimseRequest request, DimseResponse response, ReadOnlySpan<byte> data)
    {
        Span<byte> command = stackalloc byte[512];
        var length = ResponseWriter.MaximumLength(request, response);
        if (length > command.Length) command = new byte[length];
        MessageWriter.Write(
            _send, request.ContextId, _limit, ResponseWriter.Write(command, request, response, data.Length > 0), data,
            data.Length > 0);
        Interlocked.Increment(ref _host.Counters.RequestCount);
        if (response.IsSuccess || response.Status == DimseStatus.Cancel) return;
        Interlocked.Increment(ref _host.Counters.FailedRequestCount);
        LogAt(LogLevel.Information).RequestRefused(
            request.Command, request.MessageId, _info!.CallingAeTitle, _transport.RemoteEndPoint, Id,
            Printable(request.SopClassUid),
            response.Status, response.ErrorComment);
    }
}
