using System.Text;
using Gantry.Dicom.Network;

namespace Gantry.Dicom.Tests.Pdus;

/// <summary>All that a PDU holds, as text: records with lists and memory in them do not compare by content themselves.</summary>
internal static class PduDescription
{
    public static string Of(Pdu pdu) => pdu switch
    {
        Pdu.AssociateRequest request => "A-ASSOCIATE-RQ" + Of(request.Parameters),
        Pdu.AssociateAccept accept => "A-ASSOCIATE-AC" + Of(accept.Parameters),
        Pdu.Data data => "P-DATA-TF" + string.Concat(data.Values.Select(
            value => $"\n  {value.ContextId} command={value.IsCommand} last={value.IsLast} {Hex(value.Fragment)}")),
        _ => pdu.ToString(),
    };

    private static string Of(AssociateParameters parameters)
    {
        var text = new StringBuilder();
        Line($"'{parameters.CalledAeTitle}' <- '{parameters.CallingAeTitle}' version {parameters.ProtocolVersion}");
        Line(parameters.ApplicationContext);
        foreach (var context in parameters.PresentationContexts)
            Line($"{context.Id} {context.Result} {context.AbstractSyntax}: {string.Join(' ', context.TransferSyntaxes)}");
        Line($"maximum {parameters.MaximumLength}");
        Line($"implementation {parameters.ImplementationClassUid} '{parameters.ImplementationVersionName}'");
        Line($"window {parameters.AsyncOperationsWindow}");
        foreach (var role in parameters.RoleSelections) Line(role.ToString());
        foreach (var item in parameters.ExtendedNegotiations) Line($"extended {item.SopClassUid} {Hex(item.Information)}");
        foreach (var item in parameters.CommonExtendedNegotiations)
            Line($"common {item.SopClassUid} {item.ServiceClassUid} {string.Join(' ', item.RelatedGeneralSopClasses)}");
        if (parameters.UserIdentity is { } identity)
        {
            Line($"identity {identity.Type} response={identity.PositiveResponseRequested}");
            Line($"primary {Hex(identity.Primary)}");
            Line($"secondary {Hex(identity.Secondary)}");
        }
        if (parameters.UserIdentityResponse is { } response) Line($"identity response {Hex(response)}");
        return text.ToString();

        void Line(string line) => text.Append("\n  ").Append(line);
    }

    private static string Hex(ReadOnlyMemory<byte> bytes) => Convert.ToHexString(bytes.Span);
}
