using Gantry.Sidecar.Settings;

namespace Gantry.Sidecar.Hosting;

/// <summary>Which thread goes on when a socket has something.</summary>
internal static class SocketThreads
{
    // The runtime's own switch, which it reads when the first socket waits
    private const string Variable = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    /// <summary>To be called before the process opens its first socket. A variable that somebody has set himself stays.</summary>
    public static void Choose(DicomOptions dicom)
    {
        if (dicom.InlineCompletions && Environment.GetEnvironmentVariable(Variable) is null)
            Environment.SetEnvironmentVariable(Variable, "1");
    }
}
