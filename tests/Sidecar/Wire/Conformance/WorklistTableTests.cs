using Gantry.Dicom;
using Gantry.Sidecar.Mwl;
using Gantry.Worklist;

namespace Gantry.Sidecar.Tests.Wire.Conformance;

/// <summary>The attributes of the worklist that the conformance statement lists are those of the code.</summary>
public sealed class WorklistTableTests
{
    // PS3.4 Table K.6-1; what is not here is type 3, or type 1 and 2 of a sequence that is itself type 3
    private static readonly Dictionary<DicomTag, string> ReturnTypes = new()
    {
        [DicomTags.ScheduledProcedureStepSequence] = "1",
        [DicomTags.ScheduledStationAETitle] = "1",
        [DicomTags.ScheduledProcedureStepStartDate] = "1",
        [DicomTags.ScheduledProcedureStepStartTime] = "1",
        [DicomTags.Modality] = "1",
        [DicomTags.ScheduledPerformingPhysicianName] = "2",
        [DicomTags.ScheduledProcedureStepDescription] = "1C",
        [DicomTags.ScheduledProtocolCodeSequence] = "1C",
        [DicomTags.ScheduledStationName] = "2",
        [DicomTags.ScheduledProcedureStepLocation] = "2",
        [DicomTags.PreMedication] = "2C",
        [DicomTags.ScheduledProcedureStepID] = "1",
        [DicomTags.RequestedContrastAgent] = "2C",
        [DicomTags.RequestedProcedureID] = "1",
        [DicomTags.RequestedProcedureDescription] = "1C",
        [DicomTags.RequestedProcedureCodeSequence] = "1C",
        [DicomTags.StudyInstanceUID] = "1",
        [DicomTags.ReferencedStudySequence] = "2",
        [DicomTags.RequestedProcedurePriority] = "2",
        [DicomTags.PatientTransportArrangements] = "2",
        [DicomTags.AccessionNumber] = "2",
        [DicomTags.RequestingPhysician] = "2",
        [DicomTags.ReferringPhysicianName] = "2",
        [DicomTags.AdmissionID] = "2",
        [DicomTags.CurrentPatientLocation] = "2",
        [DicomTags.ReferencedPatientSequence] = "2",
        [DicomTags.PatientName] = "1",
        [DicomTags.PatientID] = "1",
        [DicomTags.PatientBirthDate] = "2",
        [DicomTags.PatientSex] = "2",
        [DicomTags.PatientWeight] = "2",
        [DicomTags.ConfidentialityConstraintOnPatientDataDescription] = "2",
        [DicomTags.PatientState] = "2",
        [DicomTags.PregnancyStatus] = "2",
        [DicomTags.MedicalAlerts] = "2",
        [DicomTags.Allergies] = "2",
        [DicomTags.SpecialNeeds] = "2",
        [DicomTags.CodeValue] = "1",
        [DicomTags.CodingSchemeDesignator] = "1",
        [DicomTags.CodeMeaning] = "1",
    };

    [Fact]
    public void Attributes_at_the_top() => AssertSame("Worklist attributes", WorklistModel.Root.Values);

    [Fact]
    public void Attributes_of_the_scheduled_procedure_step() => AssertSame("Scheduled Procedure Step Sequence", WorklistModel.Step.Values);

    [Fact]
    public void Attributes_of_codes() => AssertSame("Code sequences", WorklistModel.Code.Values);

    private static void AssertSame(string heading, IEnumerable<WorklistAttribute> model)
    {
        string[] rows = [.. model.OrderBy(known => known.Tag).Select(Row)];
        Assert.Equal(rows, Statement.Rows(heading));
    }

    private static string Row(WorklistAttribute known) => string.Join(" | ",
        known.Tag, DicomDictionary.Find(known.Tag)!.Name, known.Vr, Matching(known), ReturnTypes.GetValueOrDefault(known.Tag, "3"), Source(known));

    private static string Matching(WorklistAttribute known) => known.Content switch
    {
        AttributeContent.StepSequence or AttributeContent.CodeSequence => "sequence",
        AttributeContent.Nothing or AttributeContent.Number or AttributeContent.TimezoneOffset => "-",
        _ => known.Vr switch
        {
            DicomVr.PN => "single, wildcard, any case",
            DicomVr.DA or DicomVr.TM => "single, range",
            DicomVr.UI => "single, list",
            DicomVr.DS => "single, list",
            DicomVr.CS when known.Content == AttributeContent.Text => "single, list, wildcard, any case",
            _ => "single, list, wildcard",
        },
    };

    private static string Source(WorklistAttribute known) => known.Content switch
    {
        AttributeContent.Nothing => "always empty",
        AttributeContent.StepSequence => "one item",
        AttributeContent.CodeSequence => "one item if there is a code",
        AttributeContent.TimezoneOffset => "Site:TimeZone",
        AttributeContent.StationAeTitle => "scheduled_station_aet, else MODALITY_AET_...",
        AttributeContent.PatientName => "patient_name, with its ideographic and phonetic groups",
        _ => string.Join(", else ", ((WorklistColumn[])[known.Column!.Value, .. known.Fallbacks]).Select(column => column.SqlName())),
    };
}
