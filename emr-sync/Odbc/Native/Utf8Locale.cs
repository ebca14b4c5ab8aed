using System.Runtime.InteropServices;

namespace Gantry.Odbc.Native;

/// <summary>
/// unixODBC converts SQL and messages for drivers without Unicode functions (Debian's libsqliteodbc is one) to the character
/// set of the process's locale; in the locale "C", which .NET leaves as it is, it cuts every character to its low byte.
/// So the process gets a UTF-8 locale for characters, and nothing else of it.
/// </summary>
internal static partial class Utf8Locale
{
    private const string Libc = "libc";
    private const int CharacterTypes = 0;
    private static readonly string[] Names = ["C.UTF-8", "C.utf8", "en_US.UTF-8"];
    private static readonly Lock Gate = new();

    /// <summary>Before each connect, since drivers set the locale when they are loaded (psqlodbc does).</summary>
    public static void Ensure()
    {
        // Windows has a Unicode driver manager; macOS converts by UTF-8 anyway
        if (!OperatingSystem.IsLinux()) return;
        lock (Gate)
        {
            if (IsUtf8(Marshal.PtrToStringUTF8(setlocale(CharacterTypes, null)))) return;
            foreach (string name in Names)
            {
                if (setlocale(CharacterTypes, name) != 0) return;
            }
        }
    }

    private static bool IsUtf8(string? locale) => locale is not null
        && (locale.EndsWith("UTF-8", StringComparison.OrdinalIgnoreCase) || locale.EndsWith("utf8", StringComparison.OrdinalIgnoreCase));

    // LC_CTYPE is 0 in glibc and musl
    [LibraryImport(Libc, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint setlocale(int category, string? locale);
}
