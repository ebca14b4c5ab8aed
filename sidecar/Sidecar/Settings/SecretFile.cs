namespace Gantry.Sidecar.Settings;

/// <summary>Reads the file that a variable NAME_FILE names, as container engines and service managers hand over secrets.</summary>
internal static class SecretFile
{
    /// <summary>A secret is a line; a longer file was named by mistake.</summary>
    private const int Longest = 64 * 1024;

    /// <summary>The file's text, without the end of its last line.</summary>
    /// <param name="path">The file.</param>
    /// <param name="origin">The variable that names it, in words.</param>
    /// <exception cref="SettingsException">It cannot be read, or holds nothing, or far too much.</exception>
    public static string Read(string path, string origin)
    {
        try
        {
            using var file = new StreamReader(path);
            var text = new char[Longest + 1];
            var length = file.ReadBlock(text);
            if (length > Longest)
                throw Problem("the file holds more than 64 KiB, so it is no secret");
            var value = new string(text, 0, length).TrimEnd('\r', '\n');
            return value.Length > 0 ? value : throw Problem("the file that holds the value is empty");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            var reason = error switch
            {
                FileNotFoundException or DirectoryNotFoundException => "there is none",
                UnauthorizedAccessException => $"{Environment.UserName} may not read it, or it is a folder",
                _ => error.Message.TrimEnd('.'),
            };
            throw Problem($"the file that holds the value cannot be read: {reason}");
        }

        SettingsException Problem(string sentence) => new([new(origin, path, null, sentence)]);
    }
}
