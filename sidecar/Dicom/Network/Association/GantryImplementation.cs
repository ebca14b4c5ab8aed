namespace Gantry.Dicom.Network;

/// <summary>How Gantry names itself in negotiation and in Part 10 files (PS3.7 D.3.3.2).</summary>
public static class GantryImplementation
{
    /// <summary>Implementation class UID; a UUID-derived one (PS3.5 B.2).</summary>
    public const string ClassUid = "2.25.96655018412698688180025234771725014642";

    /// <summary>Implementation version name, 1 to 16 characters.</summary>
    public const string VersionName = "GANTRY_0.1";
}
