using System.Text;
using System.Text.Json.Nodes;

namespace Gantry.Contracts.Tests;

/// <summary>The messages of contracts.md, word for word as they stand there.</summary>
internal static class Golden
{
    public static string Text(string name)
    {
        using var stream = typeof(Golden).Assembly.GetManifestResourceStream($"Golden/{name}.json")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    public static byte[] Bytes(string name) => Encoding.UTF8.GetBytes(Text(name));

    /// <summary>The same without the white space between its parts; order and values stay.</summary>
    public static string Dense(string json)
    {
        var dense = new StringBuilder();
        var inText = false;
        for (var i = 0; i < json.Length; i++)
        {
            if (json[i] == '"' && (i == 0 || json[i - 1] != '\\'))
                inText = !inText;
            if (inText || !char.IsWhiteSpace(json[i]))
                dense.Append(json[i]);
        }
        return dense.ToString();
    }

    /// <summary>The message with one field changed; null takes it out. The path has dots: "parameters.study".</summary>
    public static byte[] With(string name, string path, JsonNode? value)
    {
        var root = JsonNode.Parse(Text(name))!;
        var parts = path.Split('.');
        var parent = parts[..^1].Aggregate(root, (node, part) => node[part]!).AsObject();
        if (value is null)
            parent.Remove(parts[^1]);
        else
            parent[parts[^1]] = value;
        return Encoding.UTF8.GetBytes(root.ToJsonString());
    }
}
