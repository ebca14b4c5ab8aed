using Gantry.Dicom;
using Gantry.Sidecar.Settings;
using Gantry.Worklist;

namespace Gantry.Sidecar.Peers;

/// <summary>A value of Specific Character Set (0008,0005), several terms parted by backslashes.</summary>
internal sealed class CharacterSetTermsAttribute() : SettingRuleAttribute(
    "defined terms of PS3.3 C.12.1.1.2 are wanted, such as ISO_IR 192, ISO_IR 100, GB18030 or \\ISO 2022 IR 149")
{
    /// <summary>The character set of a text that passed the rule.</summary>
    public static SpecificCharacterSet Parse(string text) => SpecificCharacterSet.Parse(Terms(text));

    protected override bool Allows(object value) =>
        value is string text && text.Length > 0 && SpecificCharacterSet.TryParse(Terms(text), out _);

    private static string[] Terms(string text) => text.Split('\\', StringSplitOptions.TrimEntries);
}

/// <summary>A status of the worklist table, such as IN_PROGRESS.</summary>
internal sealed class OrderStatusNameAttribute() : SettingRuleAttribute(
    "one of SCHEDULED, IN_PROGRESS, COMPLETED, DISCONTINUED is wanted")
{
    /// <summary>The status of a name; null where there is none.</summary>
    public static OrderStatus? Parse(string text) => OrderStatuses.TryParse(text, out var status) ? status : null;

    protected override bool Allows(object value) => value is string text && Parse(text) is not null;
}
