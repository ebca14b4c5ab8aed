namespace Orthanc.Net;

/// <summary>A search in Orthanc's own index (POST /tools/find).</summary>
public sealed record OrthancFindQuery
{
    /// <summary>The level of what is wanted; set by the method that is called.</summary>
    public ResourceLevel Level { get; init; }

    /// <summary>
    /// Keyword and what its value is to be: with * and ? (PS3.4 C.2.2.2.4), a range of dates (C.2.2.2.5), or several values
    /// divided by backslashes. Empty finds everything.
    /// </summary>
    public required IReadOnlyDictionary<string, string> Query { get; init; }

    /// <summary>How many to leave out; null for none.</summary>
    public int? Since { get; init; }

    /// <summary>How many at most; null for all that LimitFindResults allows.</summary>
    public int? Limit { get; init; }

    /// <summary>True to mind upper and lower case; null for the choice in orthanc.json.</summary>
    public bool? CaseSensitive { get; init; }

    /// <summary>Further tags to have in the answers (1.11 and later; older ones leave them out).</summary>
    public IReadOnlyList<string>? RequestedTags { get; init; }

    /// <summary>Labels that are wanted (1.12 and later; older ones find as if there were none asked for).</summary>
    public IReadOnlyList<string>? Labels { get; init; }

    /// <summary>Set by the method that is called.</summary>
    public bool Expand { get; init; }
}
