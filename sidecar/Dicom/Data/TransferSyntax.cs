namespace Gantry.Dicom;

/// <summary>A transfer syntax (PS3.5 clause 10): how a data set stands in bytes.</summary>
public sealed record TransferSyntax
{
    private TransferSyntax(string uid, string name) => (Uid, Name) = (uid, name);

    /// <summary>The UID, without padding.</summary>
    public string Uid { get; }

    /// <summary>The name of PS3.6 Annex A.</summary>
    public string Name { get; }

    /// <summary>True where each element states its VR (PS3.5 7.1.2).</summary>
    public bool IsExplicitVr { get; private init; } = true;

    /// <summary>True for Explicit VR Big Endian alone (retired, PS3.5 2016b A.3).</summary>
    public bool IsBigEndian { get; private init; }

    /// <summary>True where the data set is deflated (PS3.5 A.5).</summary>
    public bool IsDeflated { get; private init; }

    /// <summary>True where pixel data stands in fragments (PS3.5 A.4).</summary>
    public bool IsEncapsulated { get; private init; }

    /// <summary>Implicit VR Little Endian, the default that every implementation supports (PS3.5 10.1).</summary>
    public static TransferSyntax ImplicitVrLittleEndian { get; } =
        new("1.2.840.10008.1.2", "Implicit VR Little Endian") { IsExplicitVr = false };

    /// <summary>Explicit VR Little Endian.</summary>
    public static TransferSyntax ExplicitVrLittleEndian { get; } =
        new("1.2.840.10008.1.2.1", "Explicit VR Little Endian");

    /// <summary>Deflated Explicit VR Little Endian.</summary>
    public static TransferSyntax DeflatedExplicitVrLittleEndian { get; } =
        new("1.2.840.10008.1.2.1.99", "Deflated Explicit VR Little Endian") { IsDeflated = true };

    /// <summary>Explicit VR Big Endian (retired).</summary>
    public static TransferSyntax ExplicitVrBigEndian { get; } =
        new("1.2.840.10008.1.2.2", "Explicit VR Big Endian") { IsBigEndian = true };

    /// <summary>
    /// The syntax of a UID; every UID that is not one of the four native ones is taken for an encapsulated one, which is
    /// Explicit VR Little Endian but for its pixel data (PS3.5 A.4).
    /// </summary>
    public static TransferSyntax FromUid(string uid) => uid switch
    {
        "1.2.840.10008.1.2" => ImplicitVrLittleEndian,
        "1.2.840.10008.1.2.1" => ExplicitVrLittleEndian,
        "1.2.840.10008.1.2.1.99" => DeflatedExplicitVrLittleEndian,
        "1.2.840.10008.1.2.2" => ExplicitVrBigEndian,
        _ => new(uid, uid) { IsEncapsulated = true },
    };
}
