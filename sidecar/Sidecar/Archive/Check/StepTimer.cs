using System.Net.Sockets;
using Gantry.Dicom.Network;
using Orthanc.Net;

namespace Gantry.Sidecar.Archive.Check;

/// <summary>A step found something wrong that no exception of others tells.</summary>
internal sealed class StepException(string phase, string message) : Exception(message)
{
    public string Phase { get; } = phase;
}

/// <summary>Runs a step, takes its time, and puts into words how it failed.</summary>
internal sealed class StepTimer(TimeSpan limit, TimeProvider time)
{
    // A person who waits for a study list notices two seconds
    private static readonly TimeSpan SlowAfter = TimeSpan.FromSeconds(2);

    public async Task<ArchiveStep> RunAsync(string name, Func<CancellationToken, Task<string>> work, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        using var clock = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, clock.Token);
        try
        {
            var detail = await work(either.Token);
            var taken = time.GetElapsedTime(start);
            return taken > SlowAfter
                ? new(name, ArchiveStep.Warning, Rounded(taken), "await reply", FormattableString.Invariant(
                    $"It took {taken.TotalSeconds:0.0} s, {SlowAfter.TotalSeconds:0} s would do: look for load or a slow disk on Orthanc's machine."))
                : new(name, ArchiveStep.Passed, Rounded(taken), null, detail);
        }
        catch (Exception error) when (Explain(name, error, cancellationToken) is { } failure)
        {
            return new(name, ArchiveStep.Failed, Rounded(time.GetElapsedTime(start)), failure.Phase, failure.Reason);
        }
    }

    private (string Phase, string Reason)? Explain(string name, Exception error, CancellationToken cancellationToken) => error switch
    {
        StepException own => (own.Phase, own.Message),
        OrthancException orthanc => (orthanc.Phase.Words(), orthanc.Message),
        DicomNetworkException dicom => (Words(dicom.Phase), $"{dicom.Message.TrimEnd('.')}. Check DicomPort and DicomAet in orthanc.json, and that Orthanc runs."),
        DimseException dimse => ("await reply", dimse.Message),
        SocketException socket when name == "resolve" => ("resolve", $"{socket.Message.TrimEnd('.')}. Check the host name in ORTHANC_URL."),
        SocketException socket => ("connect", $"{socket.Message.TrimEnd('.')}. Check that Orthanc runs, and host and port in ORTHANC_URL."),
        OperationCanceledException when !cancellationToken.IsCancellationRequested => (name switch
        {
            "resolve" or "connect" => name,
            _ => "await reply",
        }, FormattableString.Invariant($"No answer within {limit.TotalSeconds:0.###} s. Orthanc may be overloaded, starting or hanging: look into its log.")),
        _ => null,
    };

    private static double Rounded(TimeSpan taken) => Math.Round(taken.TotalMilliseconds, 2);

    private static string Words(NetworkPhase phase) => phase == NetworkPhase.AwaitReply ? "await reply" : phase.ToString().ToLowerInvariant();
}
