using Gantry.Dicom;
using Gantry.Sidecar.Forwarding;

namespace Gantry.Sidecar.Phantoms;

/// <summary>
/// Names what an emulated exam makes: its step, series and images. Derived from the order, the same exam performed again after a cut
/// has the same names, so archive and worklist know what they have already.
/// </summary>
internal static class ExamUids
{
    /// <summary>A new UID for each thing.</summary>
    public static string New(string thing) => DicomUid.New();

    /// <summary>The UIDs of an order's exam: for each thing always the same one.</summary>
    /// <param name="studyInstanceUid">The order's study.</param>
    /// <param name="accessionNumber">The order's number.</param>
    public static Func<string, string> Of(string? studyInstanceUid, string? accessionNumber) =>
        thing => DicomUid.Of(NameBasedUuid.Of($"{studyInstanceUid} {accessionNumber} {thing}"));
}
