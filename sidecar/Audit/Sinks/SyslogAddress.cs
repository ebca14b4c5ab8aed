namespace Gantry.Audit.Sinks;

/// <summary>How messages reach a syslog server.</summary>
internal enum SyslogTransport
{
    /// <summary>RFC 5426: a datagram each, which may be lost.</summary>
    Udp,

    /// <summary>RFC 6587, octet counting.</summary>
    Tcp,

    /// <summary>RFC 5425.</summary>
    Tls,
}

/// <summary>A syslog server.</summary>
internal sealed record SyslogAddress(SyslogTransport Transport, string Host, int Port)
{
    /// <exception cref="AuditException">It is no such address.</exception>
    public static SyslogAddress Parse(string text)
    {
        if (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Host.Length > 0 && uri.AbsolutePath is "/" or ""
            && Known(uri.Scheme) is { } transport)
            return new(transport, uri.IdnHost.Trim('[', ']'), uri.Port > 0 ? uri.Port : transport == SyslogTransport.Tls ? 6514 : 514);
        throw new AuditException("a syslog server is wanted: udp://host:514, tcp://host:514 or tls://host:6514");

        static SyslogTransport? Known(string scheme) => scheme switch
        {
            "udp" => SyslogTransport.Udp,
            "tcp" => SyslogTransport.Tcp,
            "tls" => SyslogTransport.Tls,
            _ => null,
        };
    }

    public override string ToString() => $"{Transport.ToString().ToLowerInvariant()}://{Host}:{Port}";
}
