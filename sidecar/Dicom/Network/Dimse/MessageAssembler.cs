namespace Gantry.Dicom.Network;

/// <summary>
/// Puts messages together from presentation data values (PS3.8 Annex E): first the fragments of the command set, then, if it
/// says so, those of the data set, all on one presentation context. One message at a time is being put together.
/// </summary>
/// <param name="maximumDatasetLength">Bytes of a data set that are kept; of a longer one nothing is.</param>
/// <param name="refuse">Asked with a message whose command set is complete and whose data set is to come.</param>
/// <param name="budget">What data sets may take together with those of other associations; null for no such bound.</param>
internal sealed class MessageAssembler(
    int maximumDatasetLength, Func<IncomingMessage, DimseResponse?>? refuse = null, ReceiveBudget? budget = null)
{
    // No command set is near it; N-GET's attribute list is the only part without a bound of its own
    private const int MaximumCommandLength = 64 * 1024;

    private byte[] _command = [];
    private int _commandLength;
    private byte _contextId;
    private IncomingMessage? _message;

    /// <summary>The contexts that values may come on.</summary>
    public ContextTable Contexts { get; set; } = ContextTable.Empty;

    /// <summary>True between the first fragment of a message and its last.</summary>
    public bool IsMidMessage { get; private set; }

    /// <summary>Takes the next value; returns the message that it completes, or null.</summary>
    /// <exception cref="ProtocolViolationException">The value does not belong here, or the command set is malformed.</exception>
    public IncomingMessage? Add(in PresentationDataValue value)
    {
        if (IsMidMessage && value.ContextId != _contextId)
            throw Violation($"A fragment came on context {value.ContextId} within a message on context {_contextId}.");
        if (value.IsCommand != _message is null)
            throw Violation(
                value.IsCommand ? "A command fragment came within a data set." : "A data fragment came before its command set.");
        _contextId = value.ContextId;
        IsMidMessage = true;
        if (_message is null) return AddCommand(value);
        _message.Append(value.Fragment.Span, value.IsLast, maximumDatasetLength);
        return value.IsLast ? Complete() : null;
    }

    /// <summary>Gives back what a message that will never be complete holds.</summary>
    public void Release() => _message?.Return();

    private IncomingMessage? AddCommand(in PresentationDataValue value)
    {
        var context = Contexts[value.ContextId];
        var fragment = value.Fragment.Span;
        if (!value.IsLast || _commandLength > 0)
        {
            if (fragment.Length > MaximumCommandLength - _commandLength)
                throw Violation($"A command set is longer than {MaximumCommandLength} bytes.");
            if (_commandLength + fragment.Length > _command.Length)
                Array.Resize(ref _command, Math.Max(2 * _command.Length, _commandLength + fragment.Length));
            fragment.CopyTo(_command.AsSpan(_commandLength));
            _commandLength += fragment.Length;
            if (!value.IsLast) return null;
            fragment = _command.AsSpan(0, _commandLength);
        }
        _message = new IncomingMessage(context, CommandSet.Read(fragment, context.AbstractSyntax), budget);
        (_command, _commandLength) = ([], 0);
        if (!_message.Command.HasDataSet) return Complete();
        _message.Refusal = refuse?.Invoke(_message);
        return null;
    }

    private IncomingMessage Complete()
    {
        var message = _message!;
        (_message, IsMidMessage) = (null, false);
        return message;
    }

    private static ProtocolViolationException Violation(string text) => new(AbortReason.UnexpectedPduParameter, text);
}
