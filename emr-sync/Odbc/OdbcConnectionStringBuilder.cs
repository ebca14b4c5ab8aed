using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Gantry.Odbc;

/// <summary>
/// A connection string by ODBC's rules: values with a semicolon or brace stand in {braces}. Keywords are the driver's, all
/// are passed on as they are.
/// </summary>
[SuppressMessage("Design", "CA1010", Justification = "ADO.NET's base class is not generic")]
public sealed partial class OdbcConnectionStringBuilder : DbConnectionStringBuilder
{
    private const string Masked = "***";

    /// <summary>Shorter secrets are masked only where they stand behind their keyword: "a" is in every other word.</summary>
    private const int ShortestUnmistakable = 4;

    /// <summary>An empty connection string.</summary>
    public OdbcConnectionStringBuilder()
        : base(useOdbcRules: true)
    {
    }

    /// <summary>A connection string to read or change.</summary>
    /// <exception cref="ArgumentException">It is not one.</exception>
    public OdbcConnectionStringBuilder(string connectionString)
        : base(useOdbcRules: true) => ConnectionString = connectionString;

    /// <summary>Name in odbcinst.ini, or the path of the driver's library; without braces.</summary>
    public string Driver
    {
        get => Text("Driver");
        set => this["Driver"] = $"{{{value.Trim('{', '}')}}}";
    }

    /// <summary>Name of a data source in odbc.ini.</summary>
    public string Dsn
    {
        get => Text("Dsn");
        set => this["Dsn"] = value;
    }

    /// <summary>The same connection string with its secrets replaced by ***. Never throws.</summary>
    public static string Mask(string? connectionString) => SecretValue().Replace(connectionString ?? "", $"$1{Masked}");

    /// <summary>A driver's text without the secrets of the connection string that was in use.</summary>
    internal static string Mask(string text, string connectionString)
    {
        foreach (Match match in SecretValue().Matches(connectionString))
        {
            string secret = match.Groups[2].Value.Trim();
            if (secret.StartsWith('{') && secret.EndsWith('}')) secret = secret[1..^1].Replace("}}", "}", StringComparison.Ordinal);
            if (secret.Length >= ShortestUnmistakable) text = text.Replace(secret, Masked, StringComparison.Ordinal);
        }
        return Mask(text);
    }

    internal string Text(string keyword) => TryGetValue(keyword, out object? value) ? Unbraced((string)value) : "";

    private static string Unbraced(string value) => value.StartsWith('{') && value.EndsWith('}') ? value[1..^1] : value;

    // The value ends at a semicolon, or at the brace that is not doubled
    [GeneratedRegex(@"((?:pwd|password|passwd|secret|accesstoken|access_token|sslkeypassword|sslpassword|keystoresecret|columnencryptionkey)\s*=\s*)"
        + @"(\{(?:[^}]|\}\})*\}?|[^;]*)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SecretValue();
}
