namespace Gantry.Audit;

/// <summary>Where the audit trail goes.</summary>
public sealed record AuditTrailOptions
{
    /// <summary>The folder of the files, one for each day; null or empty for none.</summary>
    public string? Folder { get; init; }

    /// <summary>Days that files are kept; 0 keeps them for ever.</summary>
    public int KeepDays { get; init; }

    /// <summary>A syslog server: udp://host:514, tcp://host:514 or tls://host:6514; null or empty for none.</summary>
    public string? Syslog { get; init; }

    /// <summary>PEM file of the authorities that a syslog server by TLS is checked against; null or empty for the machine's own.</summary>
    public string? TrustedCertificates { get; init; }

    /// <summary>How many messages may wait for each place.</summary>
    public int Room { get; init; } = 20_000;

    /// <summary>Who writes.</summary>
    public required AuditSource Source { get; init; }

    /// <summary>The program's name in syslog's header.</summary>
    public string Program { get; init; } = "gantry";

    /// <summary>True for what <see cref="Syslog"/> takes.</summary>
    public static bool IsSyslogAddress(string text)
    {
        try
        {
            return Sinks.SyslogAddress.Parse(text).Host.Length > 0;
        }
        catch (AuditException)
        {
            return false;
        }
    }
}

/// <summary>The audit trail cannot work as it was set; the message says what to change.</summary>
public sealed class AuditException(string message) : Exception(message);
