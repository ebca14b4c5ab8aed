using System.Diagnostics.CodeAnalysis;

namespace Gantry.Contracts;

/// <summary>What reading a message came to: the message, or what is wrong with it.</summary>
public sealed class Parsed<T> where T : class
{
    internal Parsed(T value) => Value = value;

    internal Parsed(MessageError error) => Error = error;

    /// <summary>The message, when there is one.</summary>
    public T? Value { get; }

    /// <summary>What is wrong, when there is no message.</summary>
    public MessageError? Error { get; }

    /// <summary>True when <see cref="Value"/> is there.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool Succeeded => Value is not null;
}

/// <summary>
/// Why a message was not understood. Holds names of fields that the contract knows and positions, never a value from the
/// message, so that it may be logged and sent back.
/// </summary>
/// <param name="Field">The field, as a path from the top: "parameters.worklist_item.scheduled.date"; "$" is the whole message.</param>
/// <param name="Problem">What is wrong with it, as the rest of a sentence that begins with the field: "is missing".</param>
/// <param name="Id">The message's own action_id or message_id, when that could be read.</param>
public sealed record MessageError(string Field, string Problem, string? Id)
{
    /// <summary>Field and problem as one sentence.</summary>
    public string Message => Field == "$" ? $"The message {Problem}" : $"{Field} {Problem}";
}
