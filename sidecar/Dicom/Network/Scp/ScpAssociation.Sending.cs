using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace Gantry.Dicom.Network;

/// <summary>Sending, and what a streaming C-FIND needs while it sends.</summary>
internal sealed partial class ScpAssociation
{
    private bool _isSendBroken;              // part of a PDU may have gone out: nothing can follow
    private volatile bool _isNotReading;
    private TaskCompletionSource? _inputSeen;

    /// <summary>Sends what waits; false if the connection failed.</summary>
    private async ValueTask<bool> FlushAsync()
    {
        try
        {
            await SendAsync(_deadlines.Working.IsCancellationRequested ? CancellationToken.None : _deadlines.Working);
            _send.Clear();
            return true;
        }
        catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException or OperationCanceledException)
        {
            if (_state is AssociationState.Established) OnSendFailed();
            return false;
        }
    }

    /// <summary>Sends what a C-FIND has committed; called from its service's flow.</summary>
    internal async ValueTask SendPendingAsync(FindResponses find)
    {
        if (_transport.KnowsAvailable) await SeeInputAsync();
        else if (_running is null) await Task.Yield(); // so that the loop reads from now on
        if (find.IsCancelled)
        {
            find.DropUnsent(); // whoever cancelled does not want them
            return;
        }
        _deadlines.Working.ThrowIfCancellationRequested(); // nothing of these has gone out: an abort can follow
        try
        {
            await SendAsync(_deadlines.Working);
        }
        catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException or OperationCanceledException)
        {
            _isSendBroken = true;
            _deadlines.StopWorking();
            throw new DicomNetworkException(
                NetworkPhase.Send, $"The association with {_transport.RemoteEndPoint} ended while answers were sent.", e);
        }
        find.Sent();
        // A peer that reads as fast as we write must not keep this thread from the other associations
        await Task.Yield();
    }

    private async ValueTask SendAsync(CancellationToken cancellationToken)
    {
        _deadlines.BeginSend();
        await _transport.SendAsync(_send.Written, cancellationToken);
        _deadlines.EndSend();
    }

    private void OnSendFailed()
    {
        Interlocked.Increment(ref _host.Counters.AbortedCount);
        const string phase = "sending a response";
        var expired = _deadlines.Expired;
        if (expired == DeadlineKind.None) LogAt(LogLevel.Information).ConnectionLost(Id, _transport.RemoteEndPoint, phase);
        else LogAt(LogLevel.Warning).DeadlineExpired(Id, _transport.RemoteEndPoint, phase, expired.ToString());
    }

    /// <summary>
    /// If something has come that the loop has not seen, waits until it has: it may be a C-CANCEL. While a service has run
    /// inline from its start, this wait is what lets the loop go on.
    /// </summary>
    private ValueTask SeeInputAsync()
    {
        var isInline = _running is null;
        if (isInline ? _receive.UnreadLength == 0 && _transport.Available == 0 : _transport.Available == 0) return default;
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Interlocked.Exchange(ref _inputSeen, seen);
        // The loop may have read it all, or given up reading, between the question and the exchange
        // Inline may be over by now too, which only the loop's own flag tells
        if (_isNotReading || (!isInline && _transport.Available == 0)) InputWasSeen();
        return new ValueTask(seen.Task);
    }

    private void InputWasSeen() => Interlocked.Exchange(ref _inputSeen, null)?.SetResult();
}
