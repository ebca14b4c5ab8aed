namespace Gantry.Dicom;

/// <summary>How Gantry names itself in associations (PS3.7 D.3.3.2) and files (PS3.10 7.1).</summary>
public static class DicomImplementation
{
    /// <summary>Implementation Class UID: stays the same for all versions.</summary>
    public const string ClassUid = "2.25.222343934047189574747100658714444332359";

    /// <summary>Implementation Version Name, at most 16 characters.</summary>
    public const string VersionName = "GANTRY_0.1";
}
