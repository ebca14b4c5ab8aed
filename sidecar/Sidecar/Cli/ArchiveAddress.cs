using System.Globalization;

namespace Gantry.Sidecar.Cli;

/// <summary>The archive by the environment: ORTHANC_HOST and ORTHANC_PORT (its DICOM port); null where not set.</summary>
internal static class ArchiveAddress
{
    public static string? Host(IReadOnlyDictionary<string, string> environment) =>
        environment.GetValueOrDefault("ORTHANC_HOST") is { Length: > 0 } host ? host : null;

    /// <exception cref="StepFailedException">ORTHANC_PORT is no port.</exception>
    public static int? Port(IReadOnlyDictionary<string, string> environment)
    {
        if (environment.GetValueOrDefault("ORTHANC_PORT") is not { Length: > 0 } text) return null;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= 65535
            ? port
            : throw new StepFailedException(
                "settings", $"The environment variable ORTHANC_PORT is '{text}'; a port is 1 to 65535.");
    }
}
