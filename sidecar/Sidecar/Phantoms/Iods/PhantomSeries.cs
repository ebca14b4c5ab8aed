using System.Globalization;
using Gantry.Dicom;
using Gantry.Sidecar.Phantoms.Drawing;

namespace Gantry.Sidecar.Phantoms.Iods;

/// <summary>One series being made: fills the modules that all image objects share (PS3.3 C.7 and C.12) from the order.</summary>
internal sealed class PhantomSeries(PhantomOrder order, PhantomOptions options, string modality, string description,
    string bodyPart)
{
    private const string MppsSopClass = "1.2.840.10008.3.1.2.3.3";
    private readonly DateTimeOffset _started = options.Time.GetLocalNow();
    private readonly string _seriesUid = options.Uids($"series {options.SeriesNumber}");

    /// <summary>The options the series is made with.</summary>
    public PhantomOptions Options => options;

    /// <summary>The modality's code.</summary>
    public string Modality => modality;

    /// <summary>The frame of reference that all slices of the series share.</summary>
    public string FrameOfReferenceUid { get; } = options.Uids($"frame of reference {options.SeriesNumber}");

    /// <summary>
    /// A data set with everything but what is the modality's own: patient, study, series, equipment, image, pixels, window.
    /// </summary>
    /// <param name="sopClassUid">The storage class.</param>
    /// <param name="number">Instance Number, from 1.</param>
    /// <param name="image">The drawn pixels.</param>
    /// <param name="imageType">Image Type (PS3.3 C.7.6.1.1.2).</param>
    public DicomDataset NewImage(string sopClassUid, int number, PhantomImage image, params ReadOnlySpan<string> imageType)
    {
        var now = options.Time.GetLocalNow();
        var dataset = new DicomDataset()
            .Set(DicomTags.SpecificCharacterSet, order.CharacterSet)
            .Set(DicomTags.ImageType, imageType)
            .Set(DicomTags.InstanceCreationDate, Date(now)).Set(DicomTags.InstanceCreationTime, Time(now))
            .Set(DicomTags.SOPClassUID, sopClassUid)
            .Set(DicomTags.SOPInstanceUID, options.Uids($"image {options.SeriesNumber} {number}"))
            .Set(DicomTags.TimezoneOffsetFromUTC, Offset(now))
            .Set(DicomTags.InstanceNumber, Number(number))
            .Set(DicomTags.AcquisitionNumber, "1")
            .Set(DicomTags.AcquisitionDate, Date(now)).Set(DicomTags.AcquisitionTime, Time(now))
            .Set(DicomTags.ContentDate, Date(now)).Set(DicomTags.ContentTime, Time(now));
        SetPatientAndStudy(dataset);
        SetSeries(dataset);
        SetRequest(dataset);
        SetEquipment(dataset);
        PixelModules.Set(dataset, image);
        return dataset;
    }

    private static string Date(DateTimeOffset moment) => moment.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset moment) => moment.ToString("HHmmss", CultureInfo.InvariantCulture);

    private static string Offset(DateTimeOffset moment) =>
        moment.ToString("zzz", CultureInfo.InvariantCulture).Replace(":", "", StringComparison.Ordinal);

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private void SetPatientAndStudy(DicomDataset dataset)
    {
        dataset
            .Set(DicomTags.PatientName, order.PatientName)
            .Set(DicomTags.PatientID, order.PatientId)
            .Set(DicomTags.PatientBirthDate, order.PatientBirthDate)
            .Set(DicomTags.PatientSex, order.PatientSex)
            .Set(DicomTags.StudyInstanceUID, order.StudyInstanceUid)
            .Set(DicomTags.StudyDate, Date(_started)).Set(DicomTags.StudyTime, Time(_started))
            .Set(DicomTags.ReferringPhysicianName, order.ReferringPhysician)
            .Set(DicomTags.StudyID, order.RequestedProcedureId)
            .Set(DicomTags.AccessionNumber, order.AccessionNumber);
        if (order.StudyDescription.Length > 0)
            dataset.Set(DicomTags.StudyDescription, order.StudyDescription);
    }

    private void SetSeries(DicomDataset dataset)
    {
        var started = order.StepStarted is { } step ? new DateTimeOffset(step, _started.Offset) : _started;
        dataset
            .Set(DicomTags.Modality, modality)
            .Set(DicomTags.SeriesInstanceUID, _seriesUid)
            .Set(DicomTags.SeriesNumber, Number(options.SeriesNumber))
            .Set(DicomTags.SeriesDate, Date(_started)).Set(DicomTags.SeriesTime, Time(_started))
            .Set(DicomTags.SeriesDescription, description)
            .Set(DicomTags.ProtocolName, description)
            .Set(DicomTags.OperatorsName, "GANTRY^PHANTOM")
            .Set(DicomTags.PerformedProcedureStepStartDate, Date(started))
            .Set(DicomTags.PerformedProcedureStepStartTime, Time(started))
            .Set(DicomTags.PerformedProcedureStepDescription, description);
        if (bodyPart.Length > 0)
            dataset.Set(DicomTags.BodyPartExamined, bodyPart);
        if (order.PerformedStepId is { Length: > 0 } performedStepId)
            dataset.Set(DicomTags.PerformedProcedureStepID, performedStepId);
    }

    // What ties the image to the order and to the performed step (PS3.3 10.6, C.7.3.1).
    private void SetRequest(DicomDataset dataset)
    {
        if (order.RequestedProcedureId.Length > 0 && order.ScheduledStepId.Length > 0)
        {
            // both identifiers are type 1C here, so an unscheduled exam has no item at all
            var step = order.StepDescription.Length > 0 ? order.StepDescription : order.StudyDescription;
            var request = new DicomDataset()
                .Set(DicomTags.RequestedProcedureID, order.RequestedProcedureId)
                .Set(DicomTags.ScheduledProcedureStepID, order.ScheduledStepId)
                .Set(DicomTags.AccessionNumber, order.AccessionNumber)
                .Set(DicomTags.StudyInstanceUID, order.StudyInstanceUid);
            if (order.StudyDescription.Length > 0)
                request.Set(DicomTags.RequestedProcedureDescription, order.StudyDescription);
            if (step.Length > 0)
                request.Set(DicomTags.ScheduledProcedureStepDescription, step);
            dataset.SetItems(DicomTags.RequestAttributesSequence, request);
        }

        if (order.MppsInstanceUid is { Length: > 0 } mpps)
        {
            dataset.SetItems(DicomTags.ReferencedPerformedProcedureStepSequence, new DicomDataset()
                .Set(DicomTags.ReferencedSOPClassUID, MppsSopClass)
                .Set(DicomTags.ReferencedSOPInstanceUID, mpps));
        }
    }

    private void SetEquipment(DicomDataset dataset) => dataset
        .Set(DicomTags.Manufacturer, "Gantry")
        .Set(DicomTags.ManufacturerModelName, "Phantom " + modality)
        .Set(DicomTags.DeviceSerialNumber, "0001")
        .Set(DicomTags.SoftwareVersions, "0.1.0")
        .Set(DicomTags.StationName, options.StationName);
}
