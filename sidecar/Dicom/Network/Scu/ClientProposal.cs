namespace Gantry.Dicom.Network;

/// <summary>From the options to an A-ASSOCIATE-RQ's parameters.</summary>
internal static class ClientProposal
{
    private const int MaximumContexts = 128; // ids are the odd numbers of a byte

    /// <exception cref="ArgumentException">An option that cannot be sent; the message names it.</exception>
    public static AssociateParameters From(DicomClientOptions options)
    {
        RequireAeTitle(options.CallingAeTitle, nameof(options.CallingAeTitle));
        RequireAeTitle(options.CalledAeTitle, nameof(options.CalledAeTitle));
        if (options.Contexts.Count is 0 or > MaximumContexts)
            throw new ArgumentException(
                $"Contexts has {options.Contexts.Count} entries; 1 to {MaximumContexts} can be proposed.");
        return new AssociateParameters
        {
            CalledAeTitle = options.CalledAeTitle,
            CallingAeTitle = options.CallingAeTitle,
            PresentationContexts = [.. options.Contexts.Select(ToContext)],
            MaximumLength = (uint)options.MaximumPduLength,
            ImplementationClassUid = GantryImplementation.ClassUid,
            ImplementationVersionName = GantryImplementation.VersionName,
            RoleSelections = options.RoleSelections,
            UserIdentity = options.UserIdentity,
        };
    }

    private static PresentationContext ToContext(ProposedContext context, int index) => new(
        (byte)(2 * index + 1), context.AbstractSyntax,
        context.TransferSyntaxes.Count > 0
            ? [.. context.TransferSyntaxes.Select(s => s.Uid)]
            : [TransferSyntax.ExplicitVrLittleEndian.Uid, TransferSyntax.ImplicitVrLittleEndian.Uid]);

    private static void RequireAeTitle(string value, string name)
    {
        if (value.Length is 0 or > 16 || value.Trim().Length == 0 || value.Any(c => c is < ' ' or > '~' or '\\'))
            throw new ArgumentException(
                $"{name} is '{value}'; an AE title has 1 to 16 printable ASCII characters without a backslash.", name);
    }
}
