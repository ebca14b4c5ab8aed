using System.Globalization;
using System.Text;

namespace Gantry.Dicom.Tests.Pdus;

/// <summary>
/// A golden dump: each line is a field in hexadecimal, or as 'text', with its name behind a # sign. A line that starts with #
/// is a remark.
/// </summary>
public sealed record HexDump(string Name, byte[] Bytes, IReadOnlyList<HexField> Fields)
{
    private const string Prefix = "Golden/";

    public static IReadOnlyList<string> Names { get; } = [.. typeof(HexDump).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith(".hex", StringComparison.Ordinal))
        .Select(name => name[Prefix.Length..^4])
        .Order(StringComparer.Ordinal)];

    public static HexDump Load(string name)
    {
        using var stream = typeof(HexDump).Assembly.GetManifestResourceStream($"{Prefix}{name}.hex")
            ?? throw new FileNotFoundException($"tests/Dicom/Golden/{name}.hex is not there.");
        using var reader = new StreamReader(stream);
        var bytes = new List<byte>();
        var fields = new List<HexField>();
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#') || string.IsNullOrWhiteSpace(line)) continue;
            var mark = line.LastIndexOf(" # ", StringComparison.Ordinal);
            var (content, comment) = mark < 0 ? (line, "") : (line[..mark], line[(mark + 3)..]);
            var value = Parse(content.Trim());
            fields.Add(new HexField(bytes.Count, value.Length, comment));
            bytes.AddRange(value);
        }
        return new HexDump(name, [.. bytes], fields);
    }

    private static byte[] Parse(string content) => content.StartsWith('\'')
        ? Encoding.ASCII.GetBytes(content[1..^1])
        : [.. content.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(part => byte.Parse(part, NumberStyles.HexNumber, CultureInfo.InvariantCulture))];
}

/// <summary>One line of a dump.</summary>
public sealed record HexField(int Offset, int Length, string Comment)
{
    /// <summary>True for the lengths of PDUs, items and counted fields.</summary>
    public bool IsLength => Comment.Contains("-length", StringComparison.OrdinalIgnoreCase)
        && !Comment.Contains("Maximum-length", StringComparison.Ordinal);
}
