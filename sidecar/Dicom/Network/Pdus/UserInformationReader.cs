using System.Text;

namespace Gantry.Dicom.Network;

/// <summary>
/// Reads the sub-items of the user information item (PS3.8 9.3.2.3 and Annex D, PS3.7 D.3.3). Sub-items of unknown types, and
/// those that belong to the other PDU, are skipped; of one that is repeated against the standard the last one counts.
/// </summary>
internal static class UserInformationReader
{
    public static AssociateParameters Read(ref PduCursor item, AssociateParameters parameters, bool isRequest)
    {
        var roles = new List<RoleSelection>();
        var extended = new List<ExtendedNegotiation>();
        var commonExtended = new List<CommonExtendedNegotiation>();
        while (item.Remaining > 0)
        {
            var subItem = item.ReadItem(out var type);
            switch (type)
            {
                case ItemType.MaximumLength:
                    // 5-8 Maximum-length-received, PS3.8 Table D.1-1
                    parameters = parameters with { MaximumLength = subItem.ReadUInt32("Maximum-length-received") };
                    break;
                case ItemType.ImplementationClassUid:
                    // 5-xxx Implementation-class-uid, PS3.7 Table D.3-1
                    parameters = parameters with { ImplementationClassUid = subItem.ReadUid("Implementation-class-uid") };
                    break;
                case ItemType.ImplementationVersionName:
                    parameters = parameters with { ImplementationVersionName = ReadVersionName(ref subItem) };
                    break;
                case ItemType.AsyncOperationsWindow:
                    parameters = parameters with { AsyncOperationsWindow = ReadWindow(ref subItem) };
                    break;
                case ItemType.RoleSelection:
                    roles.Add(ReadRole(ref subItem));
                    break;
                case ItemType.ExtendedNegotiation:
                    extended.Add(ReadExtended(ref subItem));
                    break;
                case ItemType.CommonExtendedNegotiation when isRequest: // of any version: later ones only add fields
                    commonExtended.Add(ReadCommonExtended(ref subItem));
                    break;
                case ItemType.UserIdentity when isRequest:
                    parameters = parameters with { UserIdentity = ReadIdentity(ref subItem) };
                    break;
                case ItemType.UserIdentityResponse when !isRequest:
                    // 5-6 Server-response-length, 7-n Server-response, PS3.7 Table D.3-15
                    parameters = parameters with { UserIdentityResponse = subItem.ReadCounted("Server-response").ToArray() };
                    break;
            }
        }
        return parameters with
        {
            RoleSelections = roles, ExtendedNegotiations = extended, CommonExtendedNegotiations = commonExtended,
        };
    }

    // 5-xxx Implementation-version-name, PS3.7 Table D.3-3. It only informs, so what cannot be printed is replaced
    private static string? ReadVersionName(ref PduCursor item)
    {
        var bytes = item.ReadBytes(item.Remaining, "Implementation-version-name").Trim(" \0"u8);
        if (bytes.IsEmpty) return null;
        var name = new StringBuilder(bytes.Length);
        foreach (var character in bytes) name.Append(character is >= 0x20 and <= 0x7E ? (char)character : '?');
        return name.ToString();
    }

    private static AsyncOperationsWindow ReadWindow(ref PduCursor item) => new(
        item.ReadUInt16("Maximum-number-operations-invoked"),    // 5-6, PS3.7 Table D.3-7
        item.ReadUInt16("Maximum-number-operations-performed")); // 7-8

    private static RoleSelection ReadRole(ref PduCursor item) => new(
        item.ReadCountedUid("SOP-class-uid"), // 5-6 UID-length, 7-xxx SOP-class-uid, PS3.7 Table D.3-9
        item.ReadByte("SCU-role") != 0,       // xxx SCU-role
        item.ReadByte("SCP-role") != 0);      // xxx SCP-role

    private static ExtendedNegotiation ReadExtended(ref PduCursor item) => new(
        item.ReadCountedUid("SOP-class-uid"), // 5-6 SOP-class-uid-length, 7-xxx SOP-class-uid, PS3.7 Table D.3-11
        item.ReadBytes(item.Remaining, "Service-class-application-information").ToArray());

    private static CommonExtendedNegotiation ReadCommonExtended(ref PduCursor item)
    {
        var sopClass = item.ReadCountedUid("SOP-class-uid");         // 5-6 length, 7-x, PS3.7 Table D.3-12
        var serviceClass = item.ReadCountedUid("Service-class-uid"); // length, UID
        var start = item.Offset + 2;
        var content = item.ReadCounted("Related-general-sop-class-identification");
        var list = item.Within(content, start, "Related-general-sop-class-identification");
        var related = new List<string>();
        while (list.Remaining > 0) related.Add(list.ReadCountedUid("Related-general-sop-class-uid")); // PS3.7 Table D.3-13
        return new CommonExtendedNegotiation(sopClass, serviceClass, related); // what follows is reserved
    }

    private static UserIdentity ReadIdentity(ref PduCursor item) => new(
        item.ReadByte("User-Identity-Type"),                      // 5, PS3.7 Table D.3-14
        item.ReadByte("Positive-response-requested") != 0,        // 6
        item.ReadCounted("Primary-field").ToArray(),              // 7-8 Primary-field-length, 9-n
        item.ReadCounted("Secondary-field").ToArray());           // Secondary-field-length, Secondary-field
}
