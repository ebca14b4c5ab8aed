namespace Gantry.Worklist;

/// <summary>What a store, or a copy of one, holds.</summary>
/// <param name="SchemaVersion">The version of its schema.</param>
/// <param name="Orders">Orders of any status.</param>
/// <param name="Steps">Performed steps.</param>
/// <param name="Undelivered">Messages of the outbox that are not delivered, those set aside among them.</param>
/// <param name="LastChange">When an order was changed last (UTC); null where there is none.</param>
public sealed record StoreContents(int SchemaVersion, long Orders, long Steps, long Undelivered, DateTimeOffset? LastChange)
{
    /// <summary>True where nothing would be lost if it were written over.</summary>
    public bool IsEmpty => Orders == 0 && Steps == 0 && Undelivered == 0;
}
