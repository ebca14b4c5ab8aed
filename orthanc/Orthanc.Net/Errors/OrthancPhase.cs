namespace Orthanc.Net;

/// <summary>How far a call came. The order is the order in time.</summary>
public enum OrthancPhase
{
    /// <summary>The host name was being turned into an address.</summary>
    Resolve,

    /// <summary>The TCP connection was being made.</summary>
    Connect,

    /// <summary>The TLS session was being made.</summary>
    Tls,

    /// <summary>The request was being written.</summary>
    Send,

    /// <summary>The request was written, the first byte of the answer was awaited; or the answer was an error.</summary>
    AwaitReply,

    /// <summary>The answer was being read and understood.</summary>
    Read,
}

/// <summary>The phases as words.</summary>
public static class OrthancPhaseWords
{
    /// <summary>The phase as a person says it.</summary>
    public static string Words(this OrthancPhase phase) => phase switch
    {
        OrthancPhase.Resolve => "resolve",
        OrthancPhase.Connect => "connect",
        OrthancPhase.Tls => "tls",
        OrthancPhase.Send => "send",
        OrthancPhase.AwaitReply => "await reply",
        OrthancPhase.Read => "read",
    };
}
