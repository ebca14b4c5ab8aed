namespace Gantry.EmrSync.Reading;

/// <summary>A row of the query for orders.</summary>
/// <param name="Number">Its place in the result, from 1.</param>
/// <param name="Key">The EMR's key; the accession number where the query has none; else made of the row's hash.</param>
/// <param name="AccessionNumber">Trimmed; empty if there is none, or it is no legal one.</param>
/// <param name="Hash">Of all values but <c>changed_at</c>.</param>
/// <param name="Values">The cells, by the shape's positions.</param>
internal sealed record EmrRow(int Number, string Key, string AccessionNumber, string Hash, object?[] Values);
