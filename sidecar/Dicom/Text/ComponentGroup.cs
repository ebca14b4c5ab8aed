namespace Gantry.Dicom;

/// <summary>One group of a person's name: five components, the absent ones empty (PS3.5 6.2.1.1).</summary>
public sealed record ComponentGroup(
    string FamilyName = "", string GivenName = "", string MiddleName = "", string NamePrefix = "", string NameSuffix = "")
{
    /// <summary>The group without any component.</summary>
    public static ComponentGroup Empty { get; } = new();

    /// <summary>The components between <c>^</c>, without trailing delimiters.</summary>
    public override string ToString() => $"{FamilyName}^{GivenName}^{MiddleName}^{NamePrefix}^{NameSuffix}".TrimEnd('^');
}
