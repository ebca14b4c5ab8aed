using System.Security.Cryptography;

namespace Gantry.Cloud.Appointments;

/// <summary>Makes numbers that fit DICOM's SH: 16 characters. That each is new is the database's constraint.</summary>
internal static class AccessionNumbers
{
    /// <summary>Without letters that look like digits.</summary>
    private const string Letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>"ACC260105" and seven letters of chance, and the requested procedure's number with the same end.</summary>
    public static (string Accession, string RequestedProcedure) Make(DateOnly date)
    {
        var end = $"{date:yyMMdd}{RandomNumberGenerator.GetString(Letters, 7)}";
        return ($"ACC{end}", $"REQ{end}");
    }
}
