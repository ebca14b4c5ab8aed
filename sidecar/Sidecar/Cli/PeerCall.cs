using Gantry.Dicom.Network;

namespace Gantry.Sidecar.Cli;

/// <summary>One association, from connecting to releasing, each part a step of the report.</summary>
internal static class PeerCall
{
    /// <summary>Modality Worklist Information Model - FIND (PS3.4 K.6.1.4).</summary>
    public const string WorklistFind = "1.2.840.10008.5.1.4.31";

    /// <summary>Modality Performed Procedure Step (PS3.4 F.7).</summary>
    public const string PerformedStep = "1.2.840.10008.3.1.2.3.3";

    /// <summary>Associates, does what is to be done, and releases.</summary>
    /// <param name="report">Where the steps go.</param>
    /// <param name="peer">Whom to call.</param>
    /// <param name="sopClasses">What to propose.</param>
    /// <param name="time">The clock for time-outs.</param>
    /// <param name="work">What is to be done.</param>
    /// <param name="cancellationToken">Aborts the association.</param>
    /// <exception cref="StepReportedException">A step failed.</exception>
    public static async Task AssociateAsync(
        StepReport report, DicomClientOptions peer, IReadOnlyList<string> sopClasses, TimeProvider time,
        Func<DicomClient, Task> work, CancellationToken cancellationToken)
    {
        peer.Contexts = [.. sopClasses.Select(sopClass => new ProposedContext(sopClass))];
        await using var client = await report.RunAsync(
            "associate", () => DicomClient.ConnectAsync(peer, null, time, cancellationToken),
            accepted => Describe(accepted, peer), cancellationToken);
        try
        {
            await work(client);
        }
        catch (StepReportedException)
        {
            await LeaveAsync(client, cancellationToken);
            throw;
        }
        await report.RunAsync("release", () => ReleaseAsync(client, cancellationToken), _ => null, cancellationToken);
    }

    /// <summary>C-ECHO.</summary>
    public static Task<DimseResponse> EchoAsync(StepReport report, DicomClient client, CancellationToken cancellationToken) =>
        report.RunAsync(
            "C-ECHO", async () => (await client.EchoAsync(cancellationToken)).Done(), FailureWords.Warning, cancellationToken);

    private static string Describe(DicomClient client, DicomClientOptions peer)
    {
        var accepted = client.Accepted.PresentationContexts.Count(context => context.Result == ContextResult.Acceptance);
        var (tls, implementation) = (peer.Tls is null ? "" : " with TLS", client.Accepted.ImplementationVersionName ?? "unnamed");
        return $"{peer.CallingAeTitle} to {peer.CalledAeTitle} at {peer.Host}:{peer.Port}{tls}, "
            + $"{accepted} of {peer.Contexts.Count} contexts accepted, peer {implementation}";
    }

    /// <summary>A refusal ends the work, not the manners; what has ended otherwise needs no release.</summary>
    private static async Task LeaveAsync(DicomClient client, CancellationToken cancellationToken)
    {
        try
        {
            await client.ReleaseAsync(cancellationToken);
        }
        catch (Exception failure) when (failure is DicomNetworkException or OperationCanceledException)
        {
            // The failure that was reported is what counts
        }
    }

    private static async Task<bool> ReleaseAsync(DicomClient client, CancellationToken cancellationToken)
    {
        await client.ReleaseAsync(cancellationToken);
        return true;
    }
}
