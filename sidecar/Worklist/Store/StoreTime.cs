using System.Globalization;

namespace Gantry.Worklist;

/// <summary>Times in the store: UTC, ISO 8601 with milliseconds, so that text order is time order.</summary>
internal static class StoreTime
{
    public static string Text(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>Reads a time; the beginning of time if some program wrote something else.</summary>
    public static DateTimeOffset Parse(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
            ? time
            : default;
}
