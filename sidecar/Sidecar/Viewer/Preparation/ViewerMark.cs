using System.Text.Json;
using System.Text.Json.Serialization;

namespace Gantry.Sidecar.Viewer.Preparation;

/// <summary>What a prepared folder was made from.</summary>
/// <param name="Version">OHIF's version.</param>
/// <param name="Source">Hash of all that went in; the same again means there is nothing to do.</param>
internal sealed record ViewerMark(string Version, string Source)
{
    /// <summary>Reads one; null if there is none that can be read.</summary>
    public static ViewerMark? Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), ViewerMarkJson.Default.ViewerMark);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    public void Write(string path) => File.WriteAllBytes(path, JsonSerializer.SerializeToUtf8Bytes(this, ViewerMarkJson.Default.ViewerMark));
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ViewerMark))]
internal sealed partial class ViewerMarkJson : JsonSerializerContext;
