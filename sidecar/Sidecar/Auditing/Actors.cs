using Gantry.Audit;
using Gantry.Dicom.Network;

namespace Gantry.Sidecar.Auditing;

/// <summary>Who does something without a request of HTTP.</summary>
internal static class Actors
{
    /// <summary>Somebody at a terminal of this machine.</summary>
    public static AuditActor AtTerminal { get; } = new(Environment.UserName, Environment.MachineName);

    /// <summary>The modality of an association.</summary>
    public static AuditActor Of(AssociationInfo association) => new(association.CallingAeTitle, association.RemoteEndPoint.Address.ToString());
}
