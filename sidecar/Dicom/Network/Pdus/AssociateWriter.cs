using System.Buffers;

namespace Gantry.Dicom.Network;

/// <summary>Writes an A-ASSOCIATE-RQ or -AC, its items in the order of their types (PS3.8 9.3.2, 9.3.3 and 9.3.1).</summary>
internal static class AssociateWriter
{
    public static void Write(IBufferWriter<byte> output, PduType type, AssociateParameters parameters)
    {
        var isRequest = type == PduType.AssociateRequest;
        CheckContexts(parameters.PresentationContexts);
        var buffer = new ItemBuffer();
        buffer.UInt16(parameters.ProtocolVersion);                                  // 7-8 Protocol-version, PS3.8 Table 9-11
        buffer.UInt16(0);                                                           // 9-10 reserved
        AeTitleField.Write(buffer, parameters.CalledAeTitle, "Called AE title");    // 11-26 Called-AE-title
        AeTitleField.Write(buffer, parameters.CallingAeTitle, "Calling AE title");  // 27-42 Calling-AE-title
        buffer.Append(32).Clear();                                                  // 43-74 reserved

        var item = buffer.BeginItem(ItemType.ApplicationContext);                   // 75-xxx, PS3.8 Table 9-12
        buffer.Uid(parameters.ApplicationContext, "Application context name");
        buffer.EndLength(item, "Application context name");
        foreach (var context in parameters.PresentationContexts)
        {
            if (isRequest) WriteProposed(buffer, context);
            else WriteAnswered(buffer, context);
        }
        UserInformationWriter.Write(buffer, parameters, isRequest);

        PduWriter.WriteHeader(output.GetSpan(PduHeader.Size), type, (uint)buffer.Written.Length);
        output.Advance(PduHeader.Size);
        output.Write(buffer.Written);
    }

    private static void CheckContexts(IReadOnlyList<PresentationContext> contexts)
    {
        // Ids are the odd numbers from 1 to 255, so more than 128 contexts would repeat one
        if (contexts.Count == 0) throw new ArgumentException("An association needs at least one presentation context.");
        Span<bool> seen = stackalloc bool[256];
        foreach (var context in contexts)
        {
            if ((context.Id & 1) == 0) throw new ArgumentException($"Presentation context id {context.Id} must be odd.");
            if (seen[context.Id]) throw new ArgumentException($"Presentation context id {context.Id} is there twice.");
            seen[context.Id] = true;
        }
    }

    private static void WriteProposed(ItemBuffer buffer, PresentationContext context)
    {
        if (context.TransferSyntaxes.Count == 0)
            throw new ArgumentException($"Presentation context {context.Id} proposes no transfer syntax.");
        var item = buffer.BeginItem(ItemType.ProposedPresentationContext);
        buffer.Byte(context.Id);                                // 5 Presentation-context-ID, PS3.8 Table 9-13
        buffer.Append(3).Clear();                               // 6-8 reserved
        var subItem = buffer.BeginItem(ItemType.AbstractSyntax);
        buffer.Uid(context.AbstractSyntax, "Abstract syntax");  // PS3.8 Table 9-14
        buffer.EndLength(subItem, "Abstract syntax");
        foreach (var syntax in context.TransferSyntaxes) WriteTransferSyntax(buffer, syntax);
        buffer.EndLength(item, "Presentation context");
    }

    private static void WriteAnswered(ItemBuffer buffer, PresentationContext context)
    {
        var isAccepted = context.Result == ContextResult.Acceptance;
        if (isAccepted && context.TransferSyntaxes.Count != 1)
            throw new ArgumentException($"Presentation context {context.Id} must accept exactly one transfer syntax.");
        var item = buffer.BeginItem(ItemType.AnsweredPresentationContext);
        buffer.Byte(context.Id);            // 5 Presentation-context-ID, PS3.8 Table 9-18
        buffer.Byte(0);                     // 6 reserved
        buffer.Byte((byte)context.Result);  // 7 Result/Reason
        buffer.Byte(0);                     // 8 reserved
        // The sub-item stands there always and means nothing unless the context is accepted; the default syntax is what every
        // receiver can read
        WriteTransferSyntax(buffer, isAccepted ? context.TransferSyntaxes[0] : TransferSyntax.ImplicitVrLittleEndian.Uid);
        buffer.EndLength(item, "Presentation context");
    }

    private static void WriteTransferSyntax(ItemBuffer buffer, string uid)
    {
        var subItem = buffer.BeginItem(ItemType.TransferSyntax);
        buffer.Uid(uid, "Transfer syntax"); // PS3.8 Table 9-15
        buffer.EndLength(subItem, "Transfer syntax");
    }
}
