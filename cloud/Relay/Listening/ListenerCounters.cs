namespace Gantry.Relay;

/// <summary>What a listener counts; written by many threads.</summary>
internal sealed class ListenerCounters
{
    public long Registrations;
    public long Zombies;
    public long Renewals;
    public long Answered;
    public long Rejected;
    public long Failed;

    /// <summary>Connections that their senders keep open and that wait for a message now.</summary>
    public int Idle;
}
