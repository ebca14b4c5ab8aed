using System.Text.Json.Serialization;

namespace Gantry.Sidecar.Backup;

/// <summary>What a backup says of itself; <c>manifest.json</c>, its first entry.</summary>
/// <param name="Format">The version of this form.</param>
/// <param name="CreatedAt">When (UTC).</param>
/// <param name="Program">The program's version.</param>
/// <param name="SchemaVersion">The version of the store's schema.</param>
/// <param name="Orders">Orders in it.</param>
/// <param name="Steps">Performed steps in it.</param>
/// <param name="Undelivered">Messages in it that are still to be delivered.</param>
/// <param name="Sha256">The store's digest, in hexadecimal digits.</param>
/// <param name="Configuration">The configuration files in it.</param>
internal sealed record BackupManifest(
    int Format, DateTimeOffset CreatedAt, string Program, int SchemaVersion, long Orders, long Steps, long Undelivered, string Sha256,
    IReadOnlyList<string> Configuration)
{
    public const int NewestFormat = 1;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(BackupManifest))]
internal sealed partial class BackupJson : JsonSerializerContext;
