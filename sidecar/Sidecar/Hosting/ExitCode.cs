namespace Gantry.Sidecar.Hosting;

/// <summary>What the host's process ends with; the numbers are those of sysexits.h, which service managers know.</summary>
internal static class ExitCode
{
    /// <summary>Stopped because it was asked to.</summary>
    public const int Success = 0;

    /// <summary>Something nobody foresaw.</summary>
    public const int Failure = 1;

    /// <summary>A port or the store cannot be had (EX_UNAVAILABLE).</summary>
    public const int Unavailable = 69;

    /// <summary>The settings cannot work (EX_CONFIG).</summary>
    public const int BadSettings = 78;
}
