namespace Gantry.Cloud;

/// <summary>Reads what was set as NAME, or stands in the file that NAME_FILE names.</summary>
internal static class SecretFiles
{
    /// <summary>A secret is a line; a longer file was named by mistake.</summary>
    private const int Longest = 64 * 1024;

    /// <summary>The value; null where neither is set.</summary>
    /// <param name="configuration">What was set.</param>
    /// <param name="name">The key, with colons.</param>
    /// <exception cref="SettingsException">Both are set, or the file cannot be read; the sentence names variable and path.</exception>
    public static string? Value(IConfiguration configuration, string name)
    {
        var variable = name.Replace(":", "__", StringComparison.Ordinal);
        var value = configuration[name] is { Length: > 0 } given ? given : null;
        if (configuration[$"{name}_FILE"] is not { Length: > 0 } path)
            return value;
        if (value is not null)
            throw new SettingsException($"{variable} and {variable}_FILE are both set: take one of them away.");
        try
        {
            using var file = new StreamReader(path);
            var text = new char[Longest + 1];
            var length = file.ReadBlock(text);
            if (length > Longest)
                throw new SettingsException($"{variable}_FILE names {path}, which holds more than 64 KiB, so it is no secret.");
            var content = new string(text, 0, length).TrimEnd('\r', '\n');
            return content.Length > 0 ? content : throw new SettingsException($"{variable}_FILE names {path}, which is empty.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            var reason = error switch
            {
                FileNotFoundException or DirectoryNotFoundException => "there is none",
                UnauthorizedAccessException => $"{Environment.UserName} may not read it, or it is a folder",
                _ => error.Message.TrimEnd('.'),
            };
            throw new SettingsException($"{variable}_FILE names {path}, which cannot be read: {reason}.");
        }
    }
}
