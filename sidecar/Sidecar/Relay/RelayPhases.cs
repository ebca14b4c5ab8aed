using Gantry.Relay;

namespace Gantry.Sidecar.Relay;

/// <summary>The relay's phases as health, log and pages name them.</summary>
internal static class RelayPhases
{
    public static string Words(this RelayPhase phase) => phase switch
    {
        RelayPhase.Resolve => "resolve",
        RelayPhase.Connect => "connect",
        RelayPhase.Tls => "tls",
        RelayPhase.Authorize => "authorize",
        RelayPhase.Register => "register",
        RelayPhase.Rendezvous => "rendezvous",
        RelayPhase.AwaitMessage => "await message",
        RelayPhase.AwaitReply => "await reply",
    };
}
