using System.Text;
using System.Text.Json;

namespace Gantry.Contracts;

/// <summary>
/// Finds the id of a message that could not be read as a whole, so that the error answer can still say which message it is
/// about.
/// </summary>
internal static class LooseId
{
    private const int LongestId = 64;

    public static string? Find(ReadOnlySpan<byte> json, string field)
    {
        var reader = new Utf8JsonReader(json);
        var name = Encoding.UTF8.GetBytes(field);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth != 1 || !reader.ValueTextEquals(name))
                    continue;
                return reader.Read() && reader.TokenType == JsonTokenType.String && reader.ValueSpan.Length <= LongestId
                    && reader.GetString() is { } id && id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.' or '_')
                    ? id : null;
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Broken before the id: there is none to tell
        }
        return null;
    }
}
