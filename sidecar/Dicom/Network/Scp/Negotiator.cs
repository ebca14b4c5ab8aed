namespace Gantry.Dicom.Network;

/// <summary>Answers what an A-ASSOCIATE-RQ proposes (PS3.8 7.1.1.14, PS3.7 Annex D).</summary>
internal sealed class Negotiator(DicomListenerOptions options, ServiceRegistry services)
{
    /// <summary>
    /// The A-ASSOCIATE-AC's parameters, and the contexts agreed on. The association stands even if there are none.
    /// </summary>
    public (AssociateParameters Answer, ContextTable Contexts) Negotiate(
        AssociateParameters proposed, ReadOnlyMemory<byte> userIdentityResponse)
    {
        var answers = new PresentationContext[proposed.PresentationContexts.Count];
        var accepted = new List<AcceptedContext>(answers.Length);
        for (var i = 0; i < answers.Length; i++) answers[i] = Answer(proposed.PresentationContexts[i], accepted);
        var answer = new AssociateParameters
        {
            // The AE titles come back as they were (PS3.8 Table 9-17: not tested by the requestor)
            CalledAeTitle = proposed.CalledAeTitle,
            CallingAeTitle = proposed.CallingAeTitle,
            PresentationContexts = answers,
            MaximumLength = (uint)options.MaximumPduLength,
            ImplementationClassUid = options.ImplementationClassUid,
            ImplementationVersionName = options.ImplementationVersionName,
            // One operation at a time, whatever was asked for
            AsyncOperationsWindow = proposed.AsyncOperationsWindow is null ? null : new(1, 1),
            RoleSelections = Roles(proposed, accepted),
            ExtendedNegotiations = Extended(proposed, accepted),
            // Typed: a bare null becomes an empty response, since arrays convert to memory
            UserIdentityResponse = proposed.UserIdentity is { PositiveResponseRequested: true }
                ? userIdentityResponse
                : (ReadOnlyMemory<byte>?)null,
        };
        return (answer, new ContextTable(accepted));
    }

    private PresentationContext Answer(PresentationContext proposed, List<AcceptedContext> accepted)
    {
        if (services.Find(proposed.AbstractSyntax) is not { } service)
            return Refused(proposed, ContextResult.AbstractSyntaxNotSupported);
        foreach (var ours in service.TransferSyntaxes)
        {
            if (!proposed.TransferSyntaxes.Contains(ours.Uid, StringComparer.Ordinal)) continue;
            accepted.Add(new AcceptedContext(proposed.Id, proposed.AbstractSyntax, ours, service));
            return proposed with { AbstractSyntax = "", TransferSyntaxes = [ours.Uid], Result = ContextResult.Acceptance };
        }
        return Refused(proposed, ContextResult.TransferSyntaxesNotSupported);
    }

    // The standard wants a transfer syntax here too, and nobody tests it (PS3.8 Table 9-18). It is not the peer's, which may
    // be no UID at all
    private static PresentationContext Refused(PresentationContext proposed, ContextResult result) => proposed with
    {
        AbstractSyntax = "",
        TransferSyntaxes = [TransferSyntax.ImplicitVrLittleEndian.Uid],
        Result = result,
    };

    // We are SCP alone on an association that a peer opened, so its role as SCU is granted and its role as SCP is not
    private static IReadOnlyList<RoleSelection> Roles(AssociateParameters proposed, List<AcceptedContext> accepted) =>
        proposed.RoleSelections.Count == 0
            ? []
            : [.. proposed.RoleSelections.Where(r => IsAccepted(r.SopClassUid, accepted)).Select(r => r with { Scp = false })];

    private static List<ExtendedNegotiation> Extended(AssociateParameters proposed, List<AcceptedContext> accepted)
    {
        var answers = new List<ExtendedNegotiation>();
        foreach (var item in proposed.ExtendedNegotiations)
        {
            var context = accepted.Find(c => c.AbstractSyntax == item.SopClassUid);
            if (context?.Service!.AnswerExtendedNegotiation(item) is { } answer) answers.Add(item with { Information = answer });
        }
        return answers;
    }

    private static bool IsAccepted(string sopClassUid, List<AcceptedContext> accepted) =>
        accepted.Exists(c => c.AbstractSyntax == sopClassUid);
}
