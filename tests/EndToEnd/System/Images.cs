using Gantry.Sidecar.Phantoms;

namespace Gantry.EndToEnd.Tests;

/// <summary>Images as <c>dicom-send</c> draws them, in files for the programs of others.</summary>
internal static class Images
{
    private static readonly PhantomOptions Small = new() { Images = 1, Frames = 2, RadiographColumns = 256, MammogramColumns = 256 };

    /// <summary>Saves the first image of a study; the result is the file.</summary>
    public static async Task<string> SaveOneAsync(string folder, string modality, string studyUid, string accession, string? mppsUid = null)
    {
        var order = new PhantomOrder
        {
            PatientName = "STORE^ME", PatientId = $"P{accession}", AccessionNumber = accession, StudyInstanceUid = studyUid,
            MppsInstanceUid = mppsUid,
        };
        var image = PhantomStudies.Make(modality, order, Small).First();
        var file = Path.Combine(folder, $"{studyUid}.dcm");
        await image.SaveAsync(file);
        return file;
    }
}
