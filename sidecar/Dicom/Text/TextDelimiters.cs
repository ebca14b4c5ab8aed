namespace Gantry.Dicom;

/// <summary>What a VR says about text: whether Specific Character Set applies to it, and which bytes end a part of it.</summary>
internal static class TextDelimiters
{
    /// <summary>
    /// True for the VRs that (0008,0005) extends (PS3.5 6.1.2.2, Table 6.2-1). UN is with them: an unknown element that
    /// came by Implicit VR may hold any text, and its bytes are read like an LO.
    /// </summary>
    public static bool UsesCharacterSet(DicomVr vr) => vr is
        DicomVr.LO or DicomVr.LT or DicomVr.PN or DicomVr.SH or DicomVr.ST or DicomVr.UC or DicomVr.UT or DicomVr.UN;

    /// <summary>True for the text VRs that have one value only, in which a backslash is a character (PS3.5 6.4).</summary>
    public static bool IsSingleValued(DicomVr vr) => vr is DicomVr.LT or DicomVr.ST or DicomVr.UT or DicomVr.UR;

    /// <summary>
    /// True for the graphic characters before which the initial state of code extension holds again
    /// (PS3.5 6.1.2.5.3): the backslash between values, and in names alone also <c>^</c> and <c>=</c>.
    /// </summary>
    public static bool IsDelimiter(int character, DicomVr vr) => character switch
    {
        '\\' => !IsSingleValued(vr),
        '^' or '=' => vr == DicomVr.PN,
        _ => false,
    };

    /// <summary>True for CR, LF, FF, TAB and every other control character but ESC: the state ends there as well.</summary>
    public static bool IsControl(int character) => character is (< 0x20 or 0x7F) and not Escape;

    /// <summary>The first byte of every escape sequence.</summary>
    public const byte Escape = 0x1B;
}
