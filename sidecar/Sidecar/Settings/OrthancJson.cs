using System.Text.Json;

namespace Gantry.Sidecar.Settings;

/// <summary>
/// Reads the keys of orthanc.json that the sidecar shares with Orthanc, and leaves all others alone. As Orthanc does, it
/// takes comments in the file, and a modality as an array or as an object.
/// </summary>
internal static class OrthancJson
{
    private static readonly JsonDocumentOptions Lenient =
        new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Keys with one value, and what they are called here.</summary>
    private static readonly Dictionary<string, string> Scalars = new(StringComparer.Ordinal)
    {
        ["MPPSAet"] = "Dicom:AeTitle",
        ["DicomPort"] = "Orthanc:DicomPort",
        ["DicomAet"] = "Orthanc:AeTitle",
        ["DicomCheckCallingAet"] = "Dicom:CheckCallingAeTitle",
        ["DicomCheckCalledAet"] = "Dicom:CheckCalledAeTitle",
        ["DicomCheckModalityHost"] = "Dicom:CheckModalityHost",
        ["DicomTlsEnabled"] = "Dicom:Tls:Enabled",
        ["DicomTlsRemoteCertificateRequired"] = "Dicom:Tls:RequireClientCertificate",
    };

    /// <summary>Keys that name a file or a folder, which Orthanc takes as relative to the configuration file.</summary>
    private static readonly Dictionary<string, string> Files = new(StringComparer.Ordinal)
    {
        ["DicomTlsCertificate"] = "Dicom:Tls:Certificate",
        ["DicomTlsPrivateKey"] = "Dicom:Tls:PrivateKey",
        ["DicomTlsTrustedCertificates"] = "Dicom:Tls:TrustedCertificates",
        ["StorageDirectory"] = "Orthanc:StoragePath",
    };

    /// <summary>The shared keys of a file.</summary>
    /// <exception cref="SettingsException">The file cannot be read, or is no JSON object.</exception>
    public static IReadOnlyList<LayerValue> Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(path), Lenient);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw Problem(path, "the file must hold one JSON object, { ... }");
            return [.. document.RootElement.EnumerateObject().SelectMany(property => Shared(property, path))];
        }
        catch (JsonException error)
        {
            throw Problem(path, FormattableString.Invariant(
                $"the JSON breaks off at line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1}; mend it there or just before"));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Problem(path, $"the file cannot be read ({error.Message.TrimEnd('.')})");
        }
    }

    private static IEnumerable<LayerValue> Shared(JsonProperty property, string path)
    {
        var origin = $"{path}, key {property.Name}";
        if (Scalars.TryGetValue(property.Name, out var key))
            return [new(key, Text(property.Value), origin)];
        if (Files.TryGetValue(property.Name, out key))
            return [new(key, RelativeTo(path, Text(property.Value)), origin)];
        return property.Name switch
        {
            "DicomPortMPPS" when property.Value.ValueKind == JsonValueKind.Array =>
                property.Value.EnumerateArray().Select((port, index) => new LayerValue($"Dicom:Ports:{index}", Text(port), origin)),
            "DicomPortMPPS" => [new("Dicom:Ports:0", Text(property.Value), origin)],
            "DicomModalities" when property.Value.ValueKind == JsonValueKind.Object =>
                property.Value.EnumerateObject().SelectMany((modality, index) => Modality(modality, index, path)),
            "DicomModalities" => throw Problem(origin, "an object is wanted, such as { \"CT1\": [\"CT1\", \"192.168.1.100\", 104] }"),
            _ => [],
        };
    }

    private static IEnumerable<LayerValue> Modality(JsonProperty modality, int index, string path)
    {
        var origin = $"{path}, key DicomModalities, entry {modality.Name}";
        var key = FormattableString.Invariant($"Dicom:Modalities:{index}:");
        yield return new(key + "Name", modality.Name, origin);
        string[] names = ["AeTitle", "Host", "Port"];
        if (modality.Value.ValueKind == JsonValueKind.Array)
        {
            // ["AET", "host", 104, "manufacturer"]: what comes after the port is Orthanc's
            foreach (var (name, value) in names.Zip(modality.Value.EnumerateArray()))
                yield return new(key + name, Text(value), origin);
        }
        else if (modality.Value.ValueKind == JsonValueKind.Object)
        {
            foreach (var (name, orthanc) in names.Zip(["AET", "Host", "Port"]))
            {
                if (modality.Value.TryGetProperty(orthanc, out var value))
                    yield return new(key + name, Text(value), origin);
            }
        }
        else
        {
            throw Problem(origin, "an entry is wanted such as [\"CT1\", \"192.168.1.100\", 104] or { \"AET\": ..., \"Host\": ..., \"Port\": ... }");
        }
    }

    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Null => null,
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => value.GetRawText(),
    };

    private static string? RelativeTo(string path, string? file) =>
        string.IsNullOrEmpty(file) ? file : Path.GetFullPath(file, Path.GetDirectoryName(Path.GetFullPath(path))!);

    private static SettingsException Problem(string place, string allowed) => new([new(place, null, null, allowed)]);
}
