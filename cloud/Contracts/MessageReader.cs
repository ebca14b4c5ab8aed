using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Gantry.Contracts;

/// <summary>Reads JSON that anybody may have written. Nothing that it says repeats a value of the message.</summary>
internal static class MessageReader
{
    /// <summary>Longest type name that is repeated in an answer, in characters.</summary>
    private const int LongestName = 64;

    public static Parsed<T> Read<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> type, string? id = null) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(json, type) is { } value
                ? new(value)
                : new(new MessageError("$", "must be a JSON object.", id));
        }
        catch (JsonException exception) when (exception.InnerException is JsonException)
        {
            // The reader stumbled, not a field: only the place may be told
            return new(new MessageError("$", $"is not JSON, from byte {exception.BytePositionInLine} of line {exception.LineNumber + 1} on.", id));
        }
        catch (JsonException exception)
        {
            var field = FieldAt(exception.Path);
            return new(new MessageError(field, field == "$" ? "must be a JSON object." : "has the wrong type or form.", id));
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, in a text that the reader did not have to decode until now
            return new(new MessageError("$", "holds text that is not Unicode.", id));
        }
    }

    /// <summary>A type name as it may stand in an answer: printable ASCII, cut.</summary>
    public static string Printable(string name) =>
        new([.. name.Take(LongestName).Select(letter => letter is >= ' ' and <= '~' ? letter : '?')]);

    /// <summary>"$.parameters.study" as "parameters.study". A path with a name the contract cannot have is not repeated.</summary>
    private static string FieldAt(string? path)
    {
        if (path is null || !path.StartsWith("$.", StringComparison.Ordinal))
            return "$";
        var field = path[2..];
        return field.All(letter => char.IsAsciiLetterLower(letter) || letter is '_' or '.') ? field : "$";
    }
}
