using System.Globalization;
using Gantry.Audit;

namespace Gantry.Cloud.Auditing;

/// <summary>The audit trail, by CLOUD_AUDIT_FOLDER and CLOUD_AUDIT_SYSLOG; off where neither is set.</summary>
internal static class AuditServices
{
    /// <exception cref="SettingsException">The settings cannot work.</exception>
    public static void AddAudit(this IServiceCollection services, IConfiguration configuration) =>
        services.AddAuditTrail(Read(configuration), "manage-screening");

    /// <summary>Where the trail goes.</summary>
    /// <exception cref="SettingsException">The settings cannot work.</exception>
    public static AuditTrailOptions Read(IConfiguration configuration)
    {
        var syslog = configuration["CLOUD_AUDIT_SYSLOG"];
        if (syslog is { Length: > 0 } && !AuditTrailOptions.IsSyslogAddress(syslog))
            throw new SettingsException("CLOUD_AUDIT_SYSLOG must be a syslog server: udp://host:514, tcp://host:514 or tls://host:6514.");
        var days = 0;
        if (configuration["CLOUD_AUDIT_KEEP_DAYS"] is { Length: > 0 } text && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out days) || days > 36600))
            throw new SettingsException("CLOUD_AUDIT_KEEP_DAYS must be a number of days, 0 to 36600; 0 keeps the files for ever.");
        var trusted = configuration["CLOUD_AUDIT_SYSLOG_TRUSTED_CERTIFICATES"];
        if (trusted is { Length: > 0 } && !File.Exists(trusted))
            throw new SettingsException($"CLOUD_AUDIT_SYSLOG_TRUSTED_CERTIFICATES names {trusted}, and there is no such file.");
        return new()
        {
            Folder = configuration["CLOUD_AUDIT_FOLDER"] is { Length: > 0 } folder ? Path.GetFullPath(folder) : null,
            KeepDays = days, Syslog = syslog, TrustedCertificates = trusted, Program = "gantry-cloud", Source = new(Environment.MachineName),
        };
    }
}
