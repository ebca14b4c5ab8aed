using System.Net;
using Gantry.Dicom.Network;
using Microsoft.Extensions.Logging;

namespace Gantry.Dicom;

/// <summary>All that Gantry.Dicom logs; event ids 1000 to 1999. Peers, phases, ids and numbers, never patient data.</summary>
internal static partial class Log
{
    [LoggerMessage(1000, LogLevel.Information, "Listening for DICOM on {EndPoint} (TLS: {Tls})")]
    public static partial void Listening(this ILogger logger, IPEndPoint endPoint, bool tls);

    [LoggerMessage(1001, LogLevel.Information, "DICOM listener stopped; {Aborted} association(s) had to be aborted")]
    public static partial void Stopped(this ILogger logger, int aborted);

    [LoggerMessage(1002, LogLevel.Error, "Accepting connections on {EndPoint} failed with {Error}; trying again in {Seconds} s")]
    public static partial void AcceptFailed(this ILogger logger, IPEndPoint endPoint, string error, double seconds);

    [LoggerMessage(1003, LogLevel.Warning, "Connection from {Peer} closed at once: {Reason}")]
    public static partial void ConnectionRefused(this ILogger logger, IPEndPoint? peer, string reason);

    [LoggerMessage(1004, LogLevel.Warning, "{Count} further line(s) about {Peer} within one minute were left out")]
    public static partial void LinesLeftOut(this ILogger logger, int count, IPAddress peer);

    [LoggerMessage(1010, LogLevel.Debug, "Association {Id} of {Calling} at {Peer} to {Called} accepted, {Contexts} context(s)")]
    public static partial void AssociationAccepted(
        this ILogger logger, long id, string calling, IPEndPoint peer, string called, int contexts);

    [LoggerMessage(1011, LogLevel.Warning, "Association {Id} of {Calling} at {Peer} to {Called} rejected: {Reason}")]
    public static partial void AssociationRejected(
        this ILogger logger, long id, string calling, IPEndPoint peer, string called, string reason);

    [LoggerMessage(1012, LogLevel.Debug, "Association {Id} with {Peer} released")]
    public static partial void AssociationReleased(this ILogger logger, long id, IPEndPoint peer);

    [LoggerMessage(1013, LogLevel.Information,
        "Association {Id} aborted by {Peer} while {Phase} (source {Source}, reason {Reason})")]
    public static partial void AbortedByPeer(
        this ILogger logger, long id, IPEndPoint peer, string phase, AbortSource source, AbortReason reason);

    [LoggerMessage(1014, LogLevel.Information, "Connection of association {Id} closed by {Peer} while {Phase}")]
    public static partial void ConnectionLost(this ILogger logger, long id, IPEndPoint peer, string phase);

    [LoggerMessage(1015, LogLevel.Warning, "Association {Id} with {Peer} aborted while {Phase}: {Violation}")]
    public static partial void ProtocolViolation(this ILogger logger, long id, IPEndPoint peer, string phase, string violation);

    [LoggerMessage(1016, LogLevel.Warning, "Association {Id} with {Peer} ended while {Phase}: {Deadline} time-out")]
    public static partial void DeadlineExpired(this ILogger logger, long id, IPEndPoint peer, string phase, string deadline);

    [LoggerMessage(1017, LogLevel.Warning, "TLS handshake of connection {Id} with {Peer} failed: {Error}")]
    public static partial void TlsFailed(this ILogger logger, long id, IPEndPoint peer, string error);

    [LoggerMessage(1018, LogLevel.Error, "Association {Id} with {Peer} ended by a fault of this program")]
    public static partial void AssociationFault(this ILogger logger, Exception exception, long id, IPEndPoint peer);

    [LoggerMessage(1020, LogLevel.Error,
        "{Command} {MessageId} of {Calling} at {Peer} (association {Id}, SOP class {SopClass}) failed in its service")]
    public static partial void ServiceFault(
        this ILogger logger, Exception exception, DimseCommand command, ushort messageId, string calling, IPEndPoint peer,
        long id, string sopClass);

    [LoggerMessage(1021, LogLevel.Information,
        "{Command} {MessageId} of {Calling} at {Peer} (association {Id}, SOP class {SopClass}) answered with {Status:X4}: "
        + "{Comment}")]
    public static partial void RequestRefused(
        this ILogger logger, DimseCommand command, ushort messageId, string calling, IPEndPoint peer, long id, string sopClass,
        ushort status, string? comment);

    [LoggerMessage(1030, LogLevel.Debug, "Association with {Peer} opened as {Calling} to {Called}")]
    public static partial void ClientAssociated(this ILogger logger, string peer, string calling, string called);

    [LoggerMessage(1031, LogLevel.Warning, "Association with {Peer} lost: {Reason}")]
    public static partial void ClientLost(this ILogger logger, string peer, string reason);
}
