namespace Gantry.Dicom.Network;

/// <summary>Command Field (0000,0100) of a DIMSE message (PS3.7 Annex E). A response is its request with bit 15 set.</summary>
public enum DimseCommand : ushort
{
    /// <summary>C-STORE (PS3.7 9.1.1).</summary>
    CStore = 0x0001,
    /// <summary>C-GET (PS3.7 9.1.3).</summary>
    CGet = 0x0010,
    /// <summary>C-FIND (PS3.7 9.1.2).</summary>
    CFind = 0x0020,
    /// <summary>C-MOVE (PS3.7 9.1.4).</summary>
    CMove = 0x0021,
    /// <summary>C-ECHO (PS3.7 9.1.5).</summary>
    CEcho = 0x0030,
    /// <summary>N-EVENT-REPORT (PS3.7 10.1.1).</summary>
    NEventReport = 0x0100,
    /// <summary>N-GET (PS3.7 10.1.2).</summary>
    NGet = 0x0110,
    /// <summary>N-SET (PS3.7 10.1.3).</summary>
    NSet = 0x0120,
    /// <summary>N-ACTION (PS3.7 10.1.4).</summary>
    NAction = 0x0130,
    /// <summary>N-CREATE (PS3.7 10.1.5).</summary>
    NCreate = 0x0140,
    /// <summary>N-DELETE (PS3.7 10.1.6).</summary>
    NDelete = 0x0150,
    /// <summary>C-CANCEL, which has no response (PS3.7 9.3.2.3).</summary>
    CCancel = 0x0FFF,
}
