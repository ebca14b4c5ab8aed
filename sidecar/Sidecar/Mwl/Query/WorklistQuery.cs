using Gantry.Worklist;

namespace Gantry.Sidecar.Mwl;

/// <summary>A C-FIND identifier, understood: what to select, what to look at again on each row, and what to answer.</summary>
/// <param name="Criteria">What SQL selects by.</param>
/// <param name="Keys">What SQL did not decide: all of these must match a row.</param>
/// <param name="Attributes">What an answer holds, in tag order.</param>
/// <param name="WantsCharacterSet">True if Specific Character Set itself is asked for.</param>
/// <param name="HasUnsupportedKeys">True if a key is not supported, which answers say by 0xFF01 (PS3.4 Table K.4-1).</param>
internal sealed record WorklistQuery(
    WorklistCriteria Criteria, IReadOnlyList<RowKey> Keys, IReadOnlyList<RequestedAttribute> Attributes,
    bool WantsCharacterSet, bool HasUnsupportedKeys);
