using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;

namespace Gantry.Dicom.Network;

/// <summary>Decides who may associate.</summary>
public interface IAssociationPolicy
{
    /// <summary>Accepts or rejects; called once per A-ASSOCIATE-RQ, on the association's own thread: it must not block.</summary>
    AssociationDecision Decide(AssociationProposal proposal);
}

/// <summary>An A-ASSOCIATE-RQ before its answer.</summary>
/// <param name="Parameters">What the peer proposes, its user identity included.</param>
/// <param name="RemoteEndPoint">The peer's address.</param>
/// <param name="LocalEndPoint">The address it connected to.</param>
/// <param name="ClientCertificate">The peer's TLS certificate, if it showed one.</param>
public sealed record AssociationProposal(
    AssociateParameters Parameters, IPEndPoint RemoteEndPoint, IPEndPoint LocalEndPoint,
    X509Certificate2? ClientCertificate = null)
{
    internal LogQuota? LogQuota { get; init; }

    /// <inheritdoc cref="AssociationInfo.LogWithin"/>
    public ILogger LogWithin(ILogger logger, LogLevel level) => LogQuota?.For(logger, RemoteEndPoint.Address, level) ?? logger;
}

/// <summary>The answer to an <see cref="AssociationProposal"/>.</summary>
public sealed record AssociationDecision
{
    private AssociationDecision() { }

    /// <summary>True to accept.</summary>
    public bool IsAccepted { get; private init; }

    /// <summary>Becomes <see cref="AssociationInfo.PeerTag"/>.</summary>
    public object? PeerTag { get; private init; }

    /// <summary>
    /// Server response to a user identity that asks for one (PS3.7 D.3.3.7.2); empty suits user names and passcodes.
    /// </summary>
    public ReadOnlyMemory<byte> UserIdentityResponse { get; init; }

    /// <summary>Result of the A-ASSOCIATE-RJ.</summary>
    public RejectResult Result { get; private init; }

    /// <summary>Source of the A-ASSOCIATE-RJ.</summary>
    public RejectSource Source { get; private init; }

    /// <summary>Reason of the A-ASSOCIATE-RJ; its meaning depends on the source (PS3.8 Table 9-21).</summary>
    public byte Reason { get; private init; }

    /// <summary>Accepts, and attaches an object of the caller's to the association.</summary>
    public static AssociationDecision Accept(object? peerTag = null) => new() { IsAccepted = true, PeerTag = peerTag };

    /// <summary>Rejects for any reason of PS3.8 Table 9-21.</summary>
    public static AssociationDecision Reject(RejectResult result, RejectSource source, byte reason) =>
        new() { Result = result, Source = source, Reason = reason };

    /// <summary>Rejects: no reason given (1/1), for good.</summary>
    public static AssociationDecision RejectNoReason { get; } = Reject(RejectResult.Permanent, RejectSource.ServiceUser, 1);

    /// <summary>Rejects: calling AE title not recognized (1/3), for good.</summary>
    public static AssociationDecision RejectCallingAeTitle { get; } = Reject(RejectResult.Permanent, RejectSource.ServiceUser, 3);

    /// <summary>Rejects: called AE title not recognized (1/7), for good.</summary>
    public static AssociationDecision RejectCalledAeTitle { get; } = Reject(RejectResult.Permanent, RejectSource.ServiceUser, 7);

    /// <summary>Rejects: temporary congestion (3/1), for now.</summary>
    public static AssociationDecision RejectCongestion { get; } =
        Reject(RejectResult.Transient, RejectSource.ServiceProviderPresentation, 1);

    /// <summary>Rejects: local limit exceeded (3/2), for now.</summary>
    public static AssociationDecision RejectLimit { get; } =
        Reject(RejectResult.Transient, RejectSource.ServiceProviderPresentation, 2);
}

/// <summary>Accepts everybody.</summary>
public sealed class AcceptAllPolicy : IAssociationPolicy
{
    /// <summary>The one instance.</summary>
    public static AcceptAllPolicy Instance { get; } = new();

    private AcceptAllPolicy() { }

    /// <inheritdoc/>
    public AssociationDecision Decide(AssociationProposal proposal) => AssociationDecision.Accept();
}
