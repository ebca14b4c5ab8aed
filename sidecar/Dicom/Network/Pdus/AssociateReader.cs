namespace Gantry.Dicom.Network;

/// <summary>
/// Reads an A-ASSOCIATE-RQ or -AC (PS3.8 9.3.2 and 9.3.3). Items of unknown types are skipped (9.3.1); items may stand in
/// any order; an item that must be there once is neither missing nor repeated.
/// </summary>
internal static class AssociateReader
{
    /// <param name="type">Which of the two PDUs.</param>
    /// <param name="body">What follows the six-byte header: at least the fixed fields.</param>
    public static Pdu Read(PduType type, ReadOnlySpan<byte> body)
    {
        var isRequest = type == PduType.AssociateRequest;
        var cursor = new PduCursor(body, PduHeader.Size, type.NameOf(), type.NameOf());
        var version = cursor.ReadUInt16("Protocol-version");       // 7-8 Protocol-version, PS3.8 Table 9-11
        cursor.Skip(2, "Reserved");                                // 9-10
        string called, calling;
        if (isRequest)
        {
            called = AeTitleField.Read(ref cursor, "Called-AE-title");   // 11-26 Called-AE-title, PS3.8 Table 9-11
            calling = AeTitleField.Read(ref cursor, "Calling-AE-title"); // 27-42 Calling-AE-title
        }
        else
        {
            called = AeTitleField.ReadUntested(ref cursor, "Reserved");  // 11-26 echoes the Called-AE-title, PS3.8 Table 9-17
            calling = AeTitleField.ReadUntested(ref cursor, "Reserved"); // 27-42 echoes the Calling-AE-title
        }
        cursor.Skip(32, "Reserved");                               // 43-74

        var parameters = new AssociateParameters
        {
            CalledAeTitle = called, CallingAeTitle = calling, ProtocolVersion = version, PresentationContexts = [],
        };
        if ((version & 1) == 0)
        {
            // Only bit 0 is tested. A request for other versions is answered with an A-ASSOCIATE-RJ (source 2, reason 2), so
            // it is handed out; its items may have a layout that nobody knows yet, so they are not read.
            return isRequest
                ? new Pdu.AssociateRequest(parameters)
                : throw cursor.Invalid("Protocol-version", PduHeader.Size, $"is {version:X4}H; expected bit 0, version 1");
        }
        parameters = ReadItems(ref cursor, parameters, isRequest); // 75-xxx Variable items
        return isRequest ? new Pdu.AssociateRequest(parameters) : new Pdu.AssociateAccept(parameters);
    }

    private static AssociateParameters ReadItems(ref PduCursor cursor, AssociateParameters parameters, bool isRequest)
    {
        var contexts = new List<PresentationContext>();
        string? applicationContext = null;
        var hasUserInformation = false;
        while (cursor.Remaining > 0)
        {
            var item = cursor.ReadItem(out var type);
            switch (type)
            {
                case ItemType.ApplicationContext:
                    if (applicationContext is not null) throw item.Unexpected("is there twice");
                    applicationContext = item.ReadUid("Application-context-name"); // 5-xxx, PS3.8 Table 9-12
                    break;
                case ItemType.ProposedPresentationContext or ItemType.AnsweredPresentationContext:
                    if (isRequest != (type == ItemType.ProposedPresentationContext))
                        throw item.Unexpected($"has type {type:X2}H; expected {(isRequest ? "20H" : "21H")}");
                    contexts.Add(PresentationContextReader.Read(ref item, isRequest, contexts));
                    break;
                case ItemType.UserInformation:
                    if (hasUserInformation) throw item.Unexpected("is there twice");
                    hasUserInformation = true;
                    parameters = UserInformationReader.Read(ref item, parameters, isRequest);
                    break;
            }
        }
        if (applicationContext is null) throw Missing(cursor, "an Application Context item");
        if (contexts.Count == 0) throw Missing(cursor, "a Presentation Context item");
        if (!hasUserInformation) throw Missing(cursor, "a User Information item");
        return parameters with { ApplicationContext = applicationContext, PresentationContexts = contexts };
    }

    private static ProtocolViolationException Missing(PduCursor cursor, string item) =>
        cursor.Invalid($"ends at offset {cursor.Offset} without {item}");
}
