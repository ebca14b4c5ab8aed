using System.Text;

namespace Gantry.Dicom.Network;

/// <summary>Writes the user information item and its sub-items (PS3.8 9.3.2.3 and Annex D, PS3.7 D.3.3).</summary>
internal static class UserInformationWriter
{
    public static void Write(ItemBuffer buffer, AssociateParameters parameters, bool isRequest)
    {
        var item = buffer.BeginItem(ItemType.UserInformation);
        // 5-8 Maximum-length-received, PS3.8 Table D.1-1
        WriteItem(buffer, ItemType.MaximumLength, b => b.UInt32(parameters.MaximumLength));
        if (parameters.ImplementationClassUid is { Length: > 0 } uid) // 5-xxx Implementation-class-uid, PS3.7 Table D.3-1
            WriteItem(buffer, ItemType.ImplementationClassUid, b => b.Uid(uid, "Implementation class UID"));
        if (parameters.AsyncOperationsWindow is { } window)
        {
            WriteItem(buffer, ItemType.AsyncOperationsWindow, b =>
            {
                b.UInt16(window.Invoked);   // 5-6 Maximum-number-operations-invoked, PS3.7 Table D.3-7
                b.UInt16(window.Performed); // 7-8 Maximum-number-operations-performed
            });
        }
        foreach (var role in parameters.RoleSelections) WriteRole(buffer, role);
        if (parameters.ImplementationVersionName is { } name) WriteVersionName(buffer, name);
        foreach (var negotiation in parameters.ExtendedNegotiations)
        {
            WriteItem(buffer, ItemType.ExtendedNegotiation, b =>
            {
                b.CountedUid(negotiation.SopClassUid, "SOP class UID"); // 5-6 length, 7-xxx, PS3.7 Table D.3-11
                b.Bytes(negotiation.Information.Span);                  // Service-class-application-information
            });
        }
        if (isRequest) WriteRequestOnly(buffer, parameters);
        else if (parameters.UserIdentityResponse is { } response)       // 5-6 Server-response-length, 7-n, PS3.7 Table D.3-15
            WriteItem(buffer, ItemType.UserIdentityResponse, b => b.Counted(response.Span, "User identity response"));
        buffer.EndLength(item, "User information");
    }

    private static void WriteRequestOnly(ItemBuffer buffer, AssociateParameters parameters)
    {
        foreach (var negotiation in parameters.CommonExtendedNegotiations)
        {
            // 2 Sub-item-version is 0, as the reserved byte of the others, PS3.7 Table D.3-12
            WriteItem(buffer, ItemType.CommonExtendedNegotiation, b =>
            {
                b.CountedUid(negotiation.SopClassUid, "SOP class UID");
                b.CountedUid(negotiation.ServiceClassUid, "Service class UID");
                var related = b.BeginLength(); // Related-general-sop-class-identification-length
                foreach (var uid in negotiation.RelatedGeneralSopClasses) b.CountedUid(uid, "Related general SOP class UID");
                b.EndLength(related, "Related general SOP classes");
            });
        }
        if (parameters.UserIdentity is not { } identity) return;
        WriteItem(buffer, ItemType.UserIdentity, b =>
        {
            b.Byte(identity.Type);                                        // 5 User-Identity-Type, PS3.7 Table D.3-14
            b.Byte((byte)(identity.PositiveResponseRequested ? 1 : 0));   // 6 Positive-response-requested
            b.Counted(identity.Primary.Span, "User identity primary field");
            b.Counted(identity.Secondary.Span, "User identity secondary field");
        });
    }

    private static void WriteRole(ItemBuffer buffer, RoleSelection role) => WriteItem(buffer, ItemType.RoleSelection, b =>
    {
        b.CountedUid(role.SopClassUid, "SOP class UID"); // 5-6 UID-length, 7-xxx SOP-class-uid, PS3.7 Table D.3-9
        b.Byte((byte)(role.Scu ? 1 : 0));                // SCU-role
        b.Byte((byte)(role.Scp ? 1 : 0));                // SCP-role
    });

    // 5-xxx Implementation-version-name, PS3.7 Table D.3-3
    private static void WriteVersionName(ItemBuffer buffer, string name)
    {
        if (name.Length is < 1 or > 16 || name.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            throw new ArgumentException("Implementation version name must be 1 to 16 printable ASCII characters.");
        WriteItem(buffer, ItemType.ImplementationVersionName, b => Encoding.ASCII.GetBytes(name, b.Append(name.Length)));
    }

    private static void WriteItem(ItemBuffer buffer, byte type, Action<ItemBuffer> content)
    {
        var start = buffer.BeginItem(type);
        content(buffer);
        buffer.EndLength(start, "User information sub-item");
    }
}
