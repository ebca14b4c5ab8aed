using System.ComponentModel.DataAnnotations;
using Gantry.Audit;

namespace Gantry.Sidecar.Settings;

/// <summary>Section <c>Audit</c>: who saw or changed what, as DICOM audit messages (PS3.15 A.5). Off where neither folder nor syslog is set.</summary>
internal sealed class AuditOptions : IValidatableObject
{
    /// <summary>The folder of the files, one for each day, a message on each line; empty writes none.</summary>
    public string Folder { get; init; } = "";

    /// <summary>Days that files are kept; 0 keeps them for ever.</summary>
    [Range(0, 36600)]
    public int KeepDays { get; init; }

    /// <summary>A syslog server: udp://host:514, tcp://host:514 or tls://host:6514; empty sends nothing.</summary>
    public string Syslog { get; init; } = "";

    /// <summary>PEM file of the authorities that a syslog server by TLS is checked against; empty is the machine's own.</summary>
    [ExistingFile]
    public string SyslogTrustedCertificates { get; init; } = "";

    /// <summary>This gateway's name in the messages; empty is the machine's.</summary>
    public string SourceId { get; init; } = "";

    /// <summary>The site's name in the messages; empty leaves it out.</summary>
    public string SiteId { get; init; } = "";

    /// <summary>How many messages may wait for a disk or a server that is away; further ones are dropped and counted.</summary>
    [Range(100, 10_000_000)]
    public int Room { get; init; } = 20_000;

    /// <summary>True if messages go anywhere.</summary>
    public bool IsOn() => Folder.Length > 0 || Syslog.Length > 0;

    /// <summary>As the library takes it.</summary>
    /// <param name="directory">What a relative folder is relative to.</param>
    public AuditTrailOptions ToTrail(string directory) => new()
    {
        Folder = Folder.Length > 0 ? Path.GetFullPath(Folder, directory) : null, KeepDays = KeepDays, Syslog = Syslog,
        TrustedCertificates = SyslogTrustedCertificates, Room = Room, Program = "gantry-sidecar",
        Source = new(SourceId.Length > 0 ? SourceId : Environment.MachineName, SiteId.Length > 0 ? SiteId : null),
    };

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Syslog.Length > 0 && !AuditTrailOptions.IsSyslogAddress(Syslog))
            yield return new("a syslog server is wanted: udp://host:514, tcp://host:514 or tls://host:6514", [nameof(Syslog)]);
    }
}
