namespace Gantry.Sidecar.Auditing;

/// <summary>Marks an endpoint whose answer lists patients, orders or studies: who asked for it is told to the audit trail.</summary>
internal sealed class ShowsPatients
{
    public static ShowsPatients Mark { get; } = new();
}

/// <summary>Puts the mark on.</summary>
internal static class ShowsPatientsMarking
{
    public static TBuilder ShowsPatients<TBuilder>(this TBuilder endpoint) where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(Auditing.ShowsPatients.Mark);
}
