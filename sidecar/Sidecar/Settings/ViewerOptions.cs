using System.ComponentModel.DataAnnotations;

namespace Gantry.Sidecar.Settings;

/// <summary>Section <c>Viewer</c>.</summary>
internal sealed class ViewerOptions
{
    /// <summary>False where radiologists read elsewhere: the port stays closed.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>The port.</summary>
    [Port]
    public int Port { get; init; } = 3000;

    /// <summary>Addresses to listen on; empty is 127.0.0.1, or 0.0.0.0 inside a container, where the container's port rules.</summary>
    [IpAddress]
    public IReadOnlyList<string> BindAddresses { get; init; } = [];

    /// <summary>Host names that a browser may use for the viewer, against DNS rebinding; empty is localhost on loopback, else any.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>The folder that <c>viewer prepare</c> made.</summary>
    [Required]
    public string Folder { get; init; } = "artifacts/viewer";

    /// <summary>The address that links to the viewer begin with; empty is localhost with the port.</summary>
    [HttpUrl(orEmpty: true)]
    public string PublicUrl { get; init; } = "";

    /// <summary>How many requests of viewers Orthanc gets at once; further ones wait. Orthanc's own limit is HttpThreadsCount (50).</summary>
    [Range(1, 1000)]
    public int MaximumRequests { get; init; } = 32;

    /// <summary>How long a connection to Orthanc may take.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long Orthanc may be silent: before an answer, and between its pieces.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan ArchiveTimeout { get; init; } = TimeSpan.FromMinutes(1);
}
