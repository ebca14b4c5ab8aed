using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Gantry.Odbc.Native;

/// <summary>Finds the driver manager: odbc32.dll belongs to Windows; elsewhere it is unixODBC's libodbc.so.2.</summary>
internal static class DriverManagerLibrary
{
    /// <summary>The name under which <see cref="OdbcFunctions"/> imports; it is never a file's name.</summary>
    public const string Name = "odbc-driver-manager";

    private static readonly string[] FileNames =
        OperatingSystem.IsWindows() ? ["odbc32.dll"]
        : OperatingSystem.IsMacOS() ? ["libodbc.2.dylib", "/opt/homebrew/lib/libodbc.2.dylib", "/usr/local/lib/libodbc.2.dylib"]
        : ["libodbc.so.2", "libodbc.so"];

    private static readonly Lazy<nint> Loaded = new(static () => Load(FileNames));

    // One process has one resolver per assembly, and it must be there before the first import
    [ModuleInitializer]
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Usage", "CA2255", Justification = "a resolver has to precede the first import")]
    internal static void Register() => NativeLibrary.SetDllImportResolver(typeof(DriverManagerLibrary).Assembly, Resolve);

    /// <summary>Loads the first of these files that is there.</summary>
    /// <exception cref="OdbcException">None is; says how to install it.</exception>
    internal static nint Load(IEnumerable<string> fileNames)
    {
        foreach (string fileName in fileNames)
        {
            if (NativeLibrary.TryLoad(fileName, out nint library)) return library;
        }
        throw new OdbcException($"The ODBC driver manager ({string.Join(" or ", fileNames)}) was not found. "
            + "On Debian and Ubuntu: apt-get install unixodbc.");
    }

    /// <summary>Loads the driver manager now, so that its absence is told as a sentence and not as a missing DLL.</summary>
    public static void Require() => _ = Loaded.Value;

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? search) => name == Name ? Loaded.Value : 0;
}
