namespace Gantry.Dicom.Network;

/// <summary>One cell of PS3.8 Table 9-10.</summary>
/// <param name="Action">What to do.</param>
/// <param name="Next">The state after it; of AE-6 for an acceptable request, of AR-8 for the association requestor.</param>
/// <param name="Otherwise">The other state of AE-6 (not acceptable) and AR-8 (association acceptor); null for the rest.</param>
internal readonly record struct AssociationTransition(
    AssociationAction Action, AssociationState Next, AssociationState? Otherwise = null);
