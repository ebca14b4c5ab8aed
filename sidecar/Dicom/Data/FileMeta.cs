using System.Buffers;
using System.Buffers.Binary;

namespace Gantry.Dicom;

/// <summary>Writes the file meta information (PS3.10 Table 7.1-1), in Explicit VR Little Endian whatever follows.</summary>
internal static class FileMeta
{
    /// <summary>Writes group 0002: what the caller set, completed by what the data set and the syntax say.</summary>
    /// <exception cref="DicomFormatException">SOP Class UID or SOP Instance UID is missing.</exception>
    public static void Write(DicomDataset given, DicomDataset dataset, TransferSyntax syntax, IBufferWriter<byte> output)
    {
        var meta = given.Clone()
            .SetBytes(DicomTags.FileMetaInformationVersion, DicomVr.OB, new byte[] { 0, 1 })
            .Set(DicomTags.MediaStorageSOPClassUID,
                Required(dataset, DicomTags.SOPClassUID, given, DicomTags.MediaStorageSOPClassUID))
            .Set(DicomTags.MediaStorageSOPInstanceUID,
                Required(dataset, DicomTags.SOPInstanceUID, given, DicomTags.MediaStorageSOPInstanceUID))
            .Set(DicomTags.TransferSyntaxUID, syntax.Uid)
            .Set(DicomTags.ImplementationClassUID, DicomImplementation.ClassUid)
            .Set(DicomTags.ImplementationVersionName, DicomImplementation.VersionName);
        var bytes = meta.ToBytes(TransferSyntax.ExplicitVrLittleEndian);

        Span<byte> groupLength = [0x02, 0, 0, 0, (byte)'U', (byte)'L', 4, 0, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32LittleEndian(groupLength[8..], bytes.Length);
        output.Write(groupLength);
        output.Write(bytes);
    }

    private static string Required(DicomDataset dataset, DicomTag tag, DicomDataset meta, DicomTag metaTag) =>
        dataset.GetString(tag) ?? meta.GetString(metaTag)
        ?? throw new DicomFormatException($"A file needs {tag} {DicomDictionary.Find(tag)!.Name}, which the data set lacks.");
}
