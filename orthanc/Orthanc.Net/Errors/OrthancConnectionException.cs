namespace Orthanc.Net;

/// <summary>There was no answer, or it broke off: Orthanc is away, restarting, stalled, or something lies between.</summary>
public sealed class OrthancConnectionException : OrthancException
{
    internal OrthancConnectionException(OrthancRequest request, OrthancPhase phase, string reason, bool isTimeout, Exception? inner)
        : base(request, phase, $"{reason} {WayOut(phase, isTimeout)}", inner) => IsTimeout = isTimeout;

    /// <summary>True if nothing moved for as long as <see cref="OrthancClientOptions"/> allows.</summary>
    public bool IsTimeout { get; }

    private static string WayOut(OrthancPhase phase, bool isTimeout) => phase switch
    {
        OrthancPhase.Resolve => "Check the host name in the address of Orthanc.",
        OrthancPhase.Connect => "Check that Orthanc runs, and the host and port of its address.",
        OrthancPhase.Tls => "Check that Orthanc speaks HTTPS on this port, and that its certificate is trusted and names this host.",
        OrthancPhase.Send => "Look into Orthanc's log: its storage may be full or too slow.",
        OrthancPhase.AwaitReply or OrthancPhase.Read when isTimeout => "Orthanc may be overloaded; look into its log.",
        OrthancPhase.AwaitReply or OrthancPhase.Read => "Orthanc may be restarting; look into its log.",
    };
}
