namespace Gantry.Dicom.Network;

/// <summary>A presentation context that both sides agreed on.</summary>
/// <param name="Id">An odd number, 1 to 255.</param>
/// <param name="AbstractSyntax">SOP class UID.</param>
/// <param name="TransferSyntax">The one chosen.</param>
/// <param name="Service">Who serves requests on it; null on a client that serves none.</param>
internal sealed record AcceptedContext(byte Id, string AbstractSyntax, TransferSyntax TransferSyntax, SopClassService? Service);

/// <summary>The agreed contexts of an association, by id.</summary>
internal sealed class ContextTable
{
    private readonly AcceptedContext?[] _byId;

    public ContextTable(IReadOnlyCollection<AcceptedContext> contexts)
    {
        Count = contexts.Count;
        _byId = new AcceptedContext?[contexts.Count == 0 ? 0 : contexts.Max(c => c.Id) + 1];
        foreach (var context in contexts) _byId[context.Id] = context;
    }

    public static ContextTable Empty { get; } = new([]);

    public int Count { get; }

    public IEnumerable<AcceptedContext> All => _byId.OfType<AcceptedContext>();

    /// <summary>The context with an id.</summary>
    /// <exception cref="ProtocolViolationException">It was not agreed on.</exception>
    public AcceptedContext this[byte id] =>
        id < _byId.Length && _byId[id] is { } context
            ? context
            : throw new ProtocolViolationException(
                AbortReason.InvalidPduParameterValue, $"Presentation-context-ID {id} of a P-DATA-TF is not an accepted one.");
}
