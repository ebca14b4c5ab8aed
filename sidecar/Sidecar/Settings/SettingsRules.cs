using System.ComponentModel.DataAnnotations;
using System.Net;

namespace Gantry.Sidecar.Settings;

/// <summary>A rule for one value, which says in words what it allows. On a list it holds for every element.</summary>
internal abstract class SettingRuleAttribute(string allowed) : ValidationAttribute
{
    public string Allowed { get; } = allowed;

    public override bool IsValid(object? value) => value is null || Allows(value);

    protected abstract bool Allows(object value);
}

/// <summary>An AE title (PS3.5 Table 6.2-1): 1 to 16 characters of the default repertoire without backslash, not only spaces.</summary>
internal sealed class AeTitleAttribute(bool wildcard = false) : SettingRuleAttribute(
    "an AE title is wanted: 1 to 16 printable ASCII characters, no backslash, not only spaces" + (wildcard ? "; or *" : ""))
{
    protected override bool Allows(object value) =>
        value is string { Length: >= 1 and <= 16 } title && !string.IsNullOrWhiteSpace(title)
        && title.All(c => c is >= ' ' and <= '~' and not '\\');
}

/// <summary>A TCP port; 0 lets the system choose a free one.</summary>
internal sealed class PortAttribute() : SettingRuleAttribute("a port number from 1 to 65535 is wanted (0 takes any free one)")
{
    protected override bool Allows(object value) => value is >= 0 and <= 65535;
}

/// <summary>An address of this machine to listen on.</summary>
internal sealed class IpAddressAttribute() : SettingRuleAttribute("an IP address is wanted, such as 127.0.0.1, 0.0.0.0 or ::")
{
    protected override bool Allows(object value) => value is string text && IPAddress.TryParse(text, out _);
}

/// <summary>One address or a network in CIDR form.</summary>
internal sealed class IpNetworkAttribute()
    : SettingRuleAttribute("an IP address or a network is wanted, such as 192.168.1.20 or 192.168.1.0/24")
{
    protected override bool Allows(object value) => value is string text && Peers.AddressRange.TryParse(text, out _);
}

/// <summary>An absolute http or https address.</summary>
internal sealed class HttpUrlAttribute(bool orEmpty = false) : SettingRuleAttribute("an address is wanted that starts with http:// or https://")
{
    protected override bool Allows(object value) =>
        value is string text && ((orEmpty && text.Length == 0) || (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"));
}

/// <summary>A file that can be opened; empty is no file.</summary>
internal sealed class ExistingFileAttribute() : SettingRuleAttribute("there is no such file, or it cannot be read")
{
    protected override bool Allows(object value) => value is string text && (text.Length == 0 || File.Exists(text));
}

/// <summary>A time zone of the operating system's database; empty is the machine's own.</summary>
internal sealed class TimeZoneNameAttribute() : SettingRuleAttribute(
    "a time zone name is wanted, such as Europe/London, Asia/Seoul or UTC (on Linux from the package tzdata)")
{
    protected override bool Allows(object value) =>
        value is string text && (text.Length == 0 || TimeZoneInfo.TryFindSystemTimeZoneById(text, out _));
}

/// <summary>The value is never shown, neither in messages nor in logs.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SecretAttribute : Attribute;
