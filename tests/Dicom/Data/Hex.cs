namespace Gantry.Dicom.Tests.Data;

/// <summary>Bytes as tests write them: hexadecimal digits, spaced as one likes, with # comments to the end of the line.</summary>
internal static class Hex
{
    public static byte[] Bytes(string text) => Convert.FromHexString(
        string.Concat(text.Split('\n').Select(line => line.Split('#')[0])).Replace(" ", "", StringComparison.Ordinal).Trim());
}
