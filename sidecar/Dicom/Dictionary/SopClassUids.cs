using System.Collections.Frozen;

namespace Gantry.Dicom;

/// <summary>The SOP classes that Gantry serves, uses or stores (PS3.6 Table A-1), and their names.</summary>
public static class SopClassUids
{
#pragma warning disable CS1591 // the names are the standard's own; NameOf has them in full
    public const string Verification = "1.2.840.10008.1.1";
    public const string MediaStorageDirectoryStorage = "1.2.840.10008.1.3.10";
    public const string StorageCommitmentPushModel = "1.2.840.10008.1.20.1";
    public const string ModalityPerformedProcedureStep = "1.2.840.10008.3.1.2.3.3";
    public const string ModalityPerformedProcedureStepRetrieve = "1.2.840.10008.3.1.2.3.4";
    public const string ModalityPerformedProcedureStepNotification = "1.2.840.10008.3.1.2.3.5";
    public const string ModalityWorklistInformationModelFind = "1.2.840.10008.5.1.4.31";
    public const string PatientRootQueryRetrieveFind = "1.2.840.10008.5.1.4.1.2.1.1";
    public const string PatientRootQueryRetrieveMove = "1.2.840.10008.5.1.4.1.2.1.2";
    public const string PatientRootQueryRetrieveGet = "1.2.840.10008.5.1.4.1.2.1.3";
    public const string StudyRootQueryRetrieveFind = "1.2.840.10008.5.1.4.1.2.2.1";
    public const string StudyRootQueryRetrieveMove = "1.2.840.10008.5.1.4.1.2.2.2";
    public const string StudyRootQueryRetrieveGet = "1.2.840.10008.5.1.4.1.2.2.3";
    public const string ComputedRadiographyImageStorage = "1.2.840.10008.5.1.4.1.1.1";
    public const string DigitalXRayImageStorageForPresentation = "1.2.840.10008.5.1.4.1.1.1.1";
    public const string DigitalXRayImageStorageForProcessing = "1.2.840.10008.5.1.4.1.1.1.1.1";
    public const string DigitalMammographyXRayImageStorageForPresentation = "1.2.840.10008.5.1.4.1.1.1.2";
    public const string DigitalMammographyXRayImageStorageForProcessing = "1.2.840.10008.5.1.4.1.1.1.2.1";
    public const string DigitalIntraOralXRayImageStorageForPresentation = "1.2.840.10008.5.1.4.1.1.1.3";
    public const string DigitalIntraOralXRayImageStorageForProcessing = "1.2.840.10008.5.1.4.1.1.1.3.1";
    public const string CTImageStorage = "1.2.840.10008.5.1.4.1.1.2";
    public const string EnhancedCTImageStorage = "1.2.840.10008.5.1.4.1.1.2.1";
    public const string UltrasoundMultiFrameImageStorage = "1.2.840.10008.5.1.4.1.1.3.1";
    public const string MRImageStorage = "1.2.840.10008.5.1.4.1.1.4";
    public const string EnhancedMRImageStorage = "1.2.840.10008.5.1.4.1.1.4.1";
    public const string UltrasoundImageStorage = "1.2.840.10008.5.1.4.1.1.6.1";
    public const string SecondaryCaptureImageStorage = "1.2.840.10008.5.1.4.1.1.7";
    public const string MultiFrameGrayscaleByteSecondaryCaptureImageStorage = "1.2.840.10008.5.1.4.1.1.7.2";
    public const string MultiFrameTrueColorSecondaryCaptureImageStorage = "1.2.840.10008.5.1.4.1.1.7.4";
    public const string TwelveLeadEcgWaveformStorage = "1.2.840.10008.5.1.4.1.1.9.1.1";
    public const string GrayscaleSoftcopyPresentationStateStorage = "1.2.840.10008.5.1.4.1.1.11.1";
    public const string XRayAngiographicImageStorage = "1.2.840.10008.5.1.4.1.1.12.1";
    public const string EnhancedXAImageStorage = "1.2.840.10008.5.1.4.1.1.12.1.1";
    public const string XRayRadiofluoroscopicImageStorage = "1.2.840.10008.5.1.4.1.1.12.2";
    public const string EnhancedXrfImageStorage = "1.2.840.10008.5.1.4.1.1.12.2.1";
    public const string BreastTomosynthesisImageStorage = "1.2.840.10008.5.1.4.1.1.13.1.3";
    public const string NuclearMedicineImageStorage = "1.2.840.10008.5.1.4.1.1.20";
    public const string OphthalmicPhotography8BitImageStorage = "1.2.840.10008.5.1.4.1.1.77.1.5.1";
    public const string BasicTextSRStorage = "1.2.840.10008.5.1.4.1.1.88.11";
    public const string EnhancedSRStorage = "1.2.840.10008.5.1.4.1.1.88.22";
    public const string ComprehensiveSRStorage = "1.2.840.10008.5.1.4.1.1.88.33";
    public const string MammographyCadSRStorage = "1.2.840.10008.5.1.4.1.1.88.50";
    public const string KeyObjectSelectionDocumentStorage = "1.2.840.10008.5.1.4.1.1.88.59";
    public const string XRayRadiationDoseSRStorage = "1.2.840.10008.5.1.4.1.1.88.67";
    public const string EncapsulatedPdfStorage = "1.2.840.10008.5.1.4.1.1.104.1";
    public const string PositronEmissionTomographyImageStorage = "1.2.840.10008.5.1.4.1.1.128";
    public const string RTImageStorage = "1.2.840.10008.5.1.4.1.1.481.1";
    public const string RTDoseStorage = "1.2.840.10008.5.1.4.1.1.481.2";
    public const string RTStructureSetStorage = "1.2.840.10008.5.1.4.1.1.481.3";
    public const string RTBeamsTreatmentRecordStorage = "1.2.840.10008.5.1.4.1.1.481.4";
    public const string RTPlanStorage = "1.2.840.10008.5.1.4.1.1.481.5";
#pragma warning restore CS1591

    private static readonly FrozenDictionary<string, string> Names = new Dictionary<string, string>
    {
        [Verification] = "Verification",
        [MediaStorageDirectoryStorage] = "Media Storage Directory Storage",
        [StorageCommitmentPushModel] = "Storage Commitment Push Model",
        [ModalityPerformedProcedureStep] = "Modality Performed Procedure Step",
        [ModalityPerformedProcedureStepRetrieve] = "Modality Performed Procedure Step Retrieve",
        [ModalityPerformedProcedureStepNotification] = "Modality Performed Procedure Step Notification",
        [ModalityWorklistInformationModelFind] = "Modality Worklist Information Model - FIND",
        [PatientRootQueryRetrieveFind] = "Patient Root Query/Retrieve Information Model - FIND",
        [PatientRootQueryRetrieveMove] = "Patient Root Query/Retrieve Information Model - MOVE",
        [PatientRootQueryRetrieveGet] = "Patient Root Query/Retrieve Information Model - GET",
        [StudyRootQueryRetrieveFind] = "Study Root Query/Retrieve Information Model - FIND",
        [StudyRootQueryRetrieveMove] = "Study Root Query/Retrieve Information Model - MOVE",
        [StudyRootQueryRetrieveGet] = "Study Root Query/Retrieve Information Model - GET",
        [ComputedRadiographyImageStorage] = "Computed Radiography Image Storage",
        [DigitalXRayImageStorageForPresentation] = "Digital X-Ray Image Storage - For Presentation",
        [DigitalXRayImageStorageForProcessing] = "Digital X-Ray Image Storage - For Processing",
        [DigitalMammographyXRayImageStorageForPresentation] = "Digital Mammography X-Ray Image Storage - For Presentation",
        [DigitalMammographyXRayImageStorageForProcessing] = "Digital Mammography X-Ray Image Storage - For Processing",
        [DigitalIntraOralXRayImageStorageForPresentation] = "Digital Intra-Oral X-Ray Image Storage - For Presentation",
        [DigitalIntraOralXRayImageStorageForProcessing] = "Digital Intra-Oral X-Ray Image Storage - For Processing",
        [CTImageStorage] = "CT Image Storage",
        [EnhancedCTImageStorage] = "Enhanced CT Image Storage",
        [UltrasoundMultiFrameImageStorage] = "Ultrasound Multi-frame Image Storage",
        [MRImageStorage] = "MR Image Storage",
        [EnhancedMRImageStorage] = "Enhanced MR Image Storage",
        [UltrasoundImageStorage] = "Ultrasound Image Storage",
        [SecondaryCaptureImageStorage] = "Secondary Capture Image Storage",
        [MultiFrameGrayscaleByteSecondaryCaptureImageStorage] = "Multi-frame Grayscale Byte Secondary Capture Image Storage",
        [MultiFrameTrueColorSecondaryCaptureImageStorage] = "Multi-frame True Color Secondary Capture Image Storage",
        [TwelveLeadEcgWaveformStorage] = "12-lead ECG Waveform Storage",
        [GrayscaleSoftcopyPresentationStateStorage] = "Grayscale Softcopy Presentation State Storage",
        [XRayAngiographicImageStorage] = "X-Ray Angiographic Image Storage",
        [EnhancedXAImageStorage] = "Enhanced XA Image Storage",
        [XRayRadiofluoroscopicImageStorage] = "X-Ray Radiofluoroscopic Image Storage",
        [EnhancedXrfImageStorage] = "Enhanced XRF Image Storage",
        [BreastTomosynthesisImageStorage] = "Breast Tomosynthesis Image Storage",
        [NuclearMedicineImageStorage] = "Nuclear Medicine Image Storage",
        [OphthalmicPhotography8BitImageStorage] = "Ophthalmic Photography 8 Bit Image Storage",
        [BasicTextSRStorage] = "Basic Text SR Storage",
        [EnhancedSRStorage] = "Enhanced SR Storage",
        [ComprehensiveSRStorage] = "Comprehensive SR Storage",
        [MammographyCadSRStorage] = "Mammography CAD SR Storage",
        [KeyObjectSelectionDocumentStorage] = "Key Object Selection Document Storage",
        [XRayRadiationDoseSRStorage] = "X-Ray Radiation Dose SR Storage",
        [EncapsulatedPdfStorage] = "Encapsulated PDF Storage",
        [PositronEmissionTomographyImageStorage] = "Positron Emission Tomography Image Storage",
        [RTImageStorage] = "RT Image Storage",
        [RTDoseStorage] = "RT Dose Storage",
        [RTStructureSetStorage] = "RT Structure Set Storage",
        [RTBeamsTreatmentRecordStorage] = "RT Beams Treatment Record Storage",
        [RTPlanStorage] = "RT Plan Storage",
    }.ToFrozenDictionary();

    /// <summary>
    /// The SOP classes that store something: every one here whose name says Storage, but for the directory and commitment.
    /// </summary>
    public static IReadOnlyList<string> Storage { get; } = [.. Names.Keys
        .Where(uid => uid.StartsWith("1.2.840.10008.5.1.4.1.1.", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    /// <summary>The name of a SOP class; the UID itself for one that is not listed here.</summary>
    public static string NameOf(string uid) => Names.GetValueOrDefault(uid, uid);
}
