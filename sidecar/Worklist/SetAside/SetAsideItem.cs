namespace Gantry.Worklist;

/// <summary>An order that cannot be served until somebody mends it.</summary>
/// <param name="Reference">Its accession number, or whatever else names it where it came from.</param>
/// <param name="Reason">Why, in a sentence without patient data.</param>
/// <param name="FirstSeen">When it was set aside, UTC.</param>
/// <param name="LastSeen">When the same was found last, UTC.</param>
public sealed record SetAsideItem(string Reference, string Reason, DateTimeOffset FirstSeen, DateTimeOffset LastSeen);
