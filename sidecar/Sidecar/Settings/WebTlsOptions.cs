using System.ComponentModel.DataAnnotations;

namespace Gantry.Sidecar.Settings;

/// <summary>Section <c>Web:Tls</c>: HTTPS for the pages and the viewer. Without a certificate both speak HTTP.</summary>
internal sealed class WebTlsOptions : IValidatableObject
{
    /// <summary>PEM file with the certificate, and the rest of its chain behind it.</summary>
    [ExistingFile]
    public string Certificate { get; init; } = "";

    /// <summary>PEM file with its private key, not encrypted.</summary>
    [ExistingFile]
    public string PrivateKey { get; init; } = "";

    /// <summary>True if there is a certificate.</summary>
    public bool IsConfigured() => Certificate.Length > 0;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Certificate.Length > 0 && PrivateKey.Length == 0)
            yield return new("the PEM file of its private key is needed beside Web:Tls:Certificate", [nameof(PrivateKey)]);
        if (PrivateKey.Length > 0 && Certificate.Length == 0)
            yield return new("the PEM file of our certificate is needed beside Web:Tls:PrivateKey", [nameof(Certificate)]);
    }
}
