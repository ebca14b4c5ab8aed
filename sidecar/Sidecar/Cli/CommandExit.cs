namespace Gantry.Sidecar.Cli;

/// <summary>What a command ends with.</summary>
internal static class CommandExit
{
    /// <summary>Every step succeeded.</summary>
    public const int Success = 0;

    /// <summary>A step failed; it is named with its phase.</summary>
    public const int Failed = 1;

    /// <summary>The command line cannot be understood; nothing was done.</summary>
    public const int BadUsage = 2;

    /// <summary>Stopped by Ctrl-C, as a shell reports it (128 + SIGINT).</summary>
    public const int Stopped = 130;
}
