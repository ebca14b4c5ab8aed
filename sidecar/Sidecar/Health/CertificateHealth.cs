using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Gantry.Sidecar.Settings;

namespace Gantry.Sidecar.Health;

/// <summary>Says early that a certificate runs out, and at once that its file cannot be used: modalities and browsers refuse it only later.</summary>
internal sealed class CertificateHealth(SidecarSettings settings, TimeProvider time) : IHealthProbe
{
    private const int EarlyDays = 21;

    public Task<HealthCheck?> CheckAsync(CancellationToken cancellationToken)
    {
        string[] files =
        [
            .. settings.Web.Tls.IsConfigured() ? [settings.Web.Tls.Certificate] : Array.Empty<string>(),
            .. settings.Dicom.Tls.Enabled ? [settings.Dicom.Tls.Certificate] : Array.Empty<string>(),
        ];
        if (files.Length == 0)
            return Task.FromResult<HealthCheck?>(null);
        var problems = files.Distinct(StringComparer.Ordinal).Select(Problem).OfType<string>().ToList();
        return Task.FromResult<HealthCheck?>(problems.Count == 0
            ? new("certificates", HealthReport.Healthy, 0)
            : new("certificates", HealthReport.Degraded, 0, "tls", string.Join(' ', problems)));
    }

    private string? Problem(string file)
    {
        try
        {
            using var certificate = X509Certificate2.CreateFromPem(File.ReadAllText(file));
            var now = time.GetUtcNow();
            var last = new DateTimeOffset(certificate.NotAfter);
            return now > last ? FormattableString.Invariant($"The certificate in {file} ran out on {last.UtcDateTime:yyyy-MM-dd}: replace it.")
                : now < new DateTimeOffset(certificate.NotBefore) ? $"The certificate in {file} is not valid yet: look at this machine's clock."
                : (last - now).TotalDays < EarlyDays ? FormattableString.Invariant($"The certificate in {file} runs out on {last.UtcDateTime:yyyy-MM-dd}: replace it before that day.")
                : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return $"The certificate in {file} cannot be used: {error.Message.TrimEnd('.')}.";
        }
    }
}
