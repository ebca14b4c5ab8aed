namespace Gantry.Dicom.Network;

/// <summary>Reads a presentation context item, proposed or answered (PS3.8 9.3.2.2 and 9.3.3.2).</summary>
internal static class PresentationContextReader
{
    /// <param name="item">The content of the item.</param>
    /// <param name="isRequest">True for a proposed context (20H), false for an answered one (21H).</param>
    /// <param name="before">The contexts read before it, at most one of each id.</param>
    public static PresentationContext Read(ref PduCursor item, bool isRequest, List<PresentationContext> before)
    {
        var id = item.ReadByte("Presentation-context-ID"); // 5 Presentation-context-ID, PS3.8 Tables 9-13 and 9-18
        if ((id & 1) == 0)
            throw item.Invalid("Presentation-context-ID", item.Offset - 1, $"is {id}; expected an odd number");
        // Ids are odd, so a 129th context repeats one
        foreach (var other in before)
        {
            if (other.Id == id)
                throw item.Invalid("Presentation-context-ID", item.Offset - 1, $"is {id}, as in an earlier context");
        }
        item.Skip(1, "Reserved");                // 6 reserved
        var result = item.ReadByte("Result/Reason"); // 7 Result/Reason, PS3.8 Table 9-18; reserved in Table 9-13
        if (isRequest) result = 0;
        if (result > (byte)ContextResult.TransferSyntaxesNotSupported)
            throw item.Invalid("Result/Reason", item.Offset - 1, $"is {result}; expected 0 to 4");
        item.Skip(1, "Reserved");                // 8 reserved

        string? abstractSyntax = null;
        var transferSyntaxes = new List<string>(1);
        while (item.Remaining > 0) // 9-xxx sub-items
        {
            var subItem = item.ReadItem(out var type);
            switch (type)
            {
                case ItemType.AbstractSyntax when isRequest:
                    if (abstractSyntax is not null) throw subItem.Unexpected("is there twice in one context");
                    abstractSyntax = subItem.ReadUid("Abstract-syntax-name"); // 5-xxx, PS3.8 Table 9-14
                    break;
                case ItemType.TransferSyntax:
                    // 5-xxx, PS3.8 Table 9-15. In an answer that is no acceptance it is not tested (Table 9-18)
                    if (result == 0) transferSyntaxes.Add(subItem.ReadUid("Transfer-syntax-name"));
                    break;
            }
        }
        if (isRequest && abstractSyntax is null) throw Missing(item, id, "Abstract Syntax");
        if (result == 0 && transferSyntaxes.Count == 0) throw Missing(item, id, "Transfer Syntax");
        if (!isRequest && transferSyntaxes.Count > 1)
            throw item.Unexpected($"accepts {transferSyntaxes.Count} transfer syntaxes for context {id}; expected one");
        return new PresentationContext(id, abstractSyntax ?? "", transferSyntaxes, (ContextResult)result);
    }

    private static ProtocolViolationException Missing(PduCursor item, byte id, string name) =>
        item.Invalid($"has no {name} sub-item for context {id}");
}
