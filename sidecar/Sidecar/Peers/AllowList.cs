using System.Net;
using Gantry.Dicom.Network;
using Gantry.Sidecar.Settings;

namespace Gantry.Sidecar.Peers;

/// <summary>
/// Decides who may associate: everybody by default, or the known modalities where checking is switched on (PS3.8 Table 9-21
/// gives the reasons). Attaches the <see cref="Peer"/> that serves it.
/// </summary>
internal sealed class AllowList(
    SidecarSettings settings, PeerDirectory peers, KnownModalities modalities, ILogger<AllowList> logger) : IAssociationPolicy
{
    private readonly AeTitleComparer _titles = AeTitleComparer.For(settings.Dicom);

    public AssociationDecision Decide(AssociationProposal proposal)
    {
        var calling = proposal.Parameters.CallingAeTitle;
        var called = proposal.Parameters.CalledAeTitle;
        var address = proposal.RemoteEndPoint.Address;
        if (!IsOurselves(proposal))
        {
            if (settings.Dicom.CheckCalledAeTitle && !_titles.Equals(called, settings.Dicom.AeTitle))
            {
                Log.CalledUnknown(proposal.LogWithin(logger, LogLevel.Warning), calling, address, called);
                return AssociationDecision.RejectCalledAeTitle;
            }
            if ((settings.Dicom.CheckCallingAeTitle || settings.Dicom.CheckModalityHost) && !IsKnown(proposal, calling, address))
                return AssociationDecision.RejectCallingAeTitle;
        }
        return AssociationDecision.Accept(peers.Resolve(calling, called, address));
    }

    private bool IsKnown(AssociationProposal proposal, string calling, IPAddress address)
    {
        ModalityOptions[] known = [.. modalities.Find(calling)];
        if (known.Length == 0)
        {
            Log.CallerUnknown(proposal.LogWithin(logger, LogLevel.Warning), calling, address);
            return false;
        }
        if (!settings.Dicom.CheckModalityHost || known.Any(modality => modalities.IsAt(modality, address)))
            return true;
        Log.CallerElsewhere(
            proposal.LogWithin(logger, LogLevel.Warning), calling, address, string.Join(", ", known.Select(modality => modality.Host)));
        return false;
    }

    /// <summary>The health check's C-ECHO calls us by our own title from our own address, and is never turned away.</summary>
    private bool IsOurselves(AssociationProposal proposal) =>
        proposal.RemoteEndPoint.Address.Equals(proposal.LocalEndPoint.Address)
        && _titles.Equals(proposal.Parameters.CallingAeTitle, settings.Dicom.AeTitle)
        && _titles.Equals(proposal.Parameters.CalledAeTitle, settings.Dicom.AeTitle);
}
