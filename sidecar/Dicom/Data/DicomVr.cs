namespace Gantry.Dicom;

/// <summary>The value representations of PS3.5 Table 6.2-1, named as they stand on the wire.</summary>
public enum DicomVr
{
#pragma warning disable CS1591 // the names are the standard's own; Table 6.2-1 documents each
    AE, AS, AT, CS, DA, DS, DT, FD, FL, IS, LO, LT, OB, OD, OF, OL, OV, OW, PN, SH, SL, SQ, SS, ST, SV, TM, UC, UI, UL, UN,
    UR, US, UT, UV,
#pragma warning restore CS1591
}
