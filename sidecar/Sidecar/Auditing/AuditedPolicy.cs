using Gantry.Audit;
using Gantry.Dicom.Network;

namespace Gantry.Sidecar.Auditing;

/// <summary>An association policy whose refusals are told to the audit trail.</summary>
internal sealed class AuditedPolicy(IAssociationPolicy inner, Auditor auditor) : IAssociationPolicy
{
    public AssociationDecision Decide(AssociationProposal proposal)
    {
        var decision = inner.Decide(proposal);
        if (!decision.IsAccepted)
        {
            auditor.Record(events => events.Refused(
                new(proposal.Parameters.CallingAeTitle, proposal.RemoteEndPoint.Address.ToString()),
                decision.Reason == RejectReasons.UserCalledAeTitleNotRecognized
                    ? $"The association was rejected: {proposal.Parameters.CalledAeTitle} is not our AE title" : "The association was rejected: the caller is not known, or not at this address"));
        }
        return decision;
    }
}
