using Gantry.Dicom;
using Gantry.Worklist;

namespace Gantry.Sidecar.Tests.Wire.Mpps;

/// <summary>Point 6: which order a step is for.</summary>
public sealed class Mpps06_OrderLookupTests : MppsTest
{
    [Theory]
    [InlineData("1.2.3.1", "", "", "P-OTHER", "ACC1")]          // Study Instance UID
    [InlineData("1.2.9.9", "ACC1", "", "P-OTHER", "ACC1")]      // then accession number
    [InlineData("1.2.9.9", "", "SPS1", "P-ACC1", "ACC1")]       // then scheduled step id with patient id
    [InlineData("1.2.9.9", "", "SPS1", "P-OTHER", "")]          // not the id alone
    [InlineData("1.2.9.9", "ACC9", "SPS9", "P-ACC1", "")]
    [InlineData("1.2.3.1", "ACC2", "", "P-ACC2", "ACC1")]       // the study goes before the accession number
    [InlineData("1.2.9.9", "ACC2", "SPS1", "P-ACC1", "ACC2")]   // which goes before the step
    public async Task An_order_is_found_by_study_then_accession_then_step_and_patient(
        string study, string accession, string stepId, string patient, string found)
    {
        await Scp.AddAsync(Orders.Order("ACC2") with { StudyInstanceUid = "1.2.3.2", ScheduledStepId = "SPS2" });
        await StartStepAsync(Steps.Started(Steps.Of(study, accession, stepId)).Set(DicomTags.PatientID, patient));
        Assert.Equal(found, string.Join(' ', (await Scp.Store.GetStepAsync(Uid, default))!.Orders));
        foreach (var order in (string[])["ACC1", "ACC2"])
            Assert.Equal(order == found ? OrderStatus.InProgress : OrderStatus.Scheduled, await Scp.StatusOfAsync(order));
        Assert.Equal(found.Length == 0, (await Scp.Store.UnscheduledStepsAsync(10, default)).Count == 1);
    }

    [Fact]
    public async Task What_the_worklist_said_is_what_the_step_finds()
    {
        // As a modality does it: the ids of the answer go into the step
        var answer = Assert.Single((await Scp.FindAsync([])).Succeeded());
        await StartStepAsync(Steps.Started(Steps.Of(
            answer.GetString(DicomTags.StudyInstanceUID)!, answer.GetString(DicomTags.AccessionNumber)!,
            answer.StepOf().GetString(DicomTags.ScheduledProcedureStepID)!)));
        Assert.Equal(OrderStatus.InProgress, await Scp.StatusOfAsync("ACC1"));
        Assert.Empty((await Scp.FindAsync([])).Succeeded());
    }
}
