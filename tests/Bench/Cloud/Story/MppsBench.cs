using Gantry.Dicom;
using Gantry.Dicom.Network;
using Gantry.Worklist.Tests.Engines;

namespace Gantry.Bench.Cloud.Story;

/// <summary>A modality reports exams to the gateway by MPPS; a clinic's page shows them.</summary>
internal static class MppsBench
{
    private const int Exams = 105, WarmUp = 5;
    internal const string PerformedStep = "1.2.840.10008.3.1.2.3.3";
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(100);

    public static async Task<IReadOnlyList<Figures>> RunAsync(string work, PrivatePostgres server, CancellationToken cancellationToken)
    {
        await using var scene = await CloudScene.StartAsync(work, "mpps", server, cancellationToken);
        var exams = await scene.Data.ClinicsAsync(1, Exams, null, cancellationToken);
        await using var gateway = new Gateway(
            Path.Combine(scene.Folder, "gateway"), await scene.WorklistAsync(exams, [], cancellationToken), [.. scene.Cloud.Settings, "--Orthanc:Enabled=false"]);
        await gateway.StartAsync(cancellationToken);
        await using var page = await LiveClient.StatusesAsync(scene.Cloud, scene.Cookies, exams[0].Clinic, cancellationToken);
        var sent = new Dictionary<string, long>();
        var answers = new List<double>();
        var load = new Load(("gateway", gateway.ProcessorSeconds), ("cloud", scene.Cloud.ProcessorSeconds), ("database", scene.DatabaseSeconds));
        await using (var modality = await DicomClient.ConnectAsync(
            new() { Host = "127.0.0.1", Port = gateway.DicomPort, CallingAeTitle = "BENCH", CalledAeTitle = "GANTRY", Contexts = [new(PerformedStep)] }, cancellationToken: cancellationToken))
        {
            using var pace = new PeriodicTimer(Between);
            foreach (var exam in exams)
            {
                var step = DicomUid.New();
                await SendAsync(exam, "in_progress", () => modality.CreateAsync(PerformedStep, step, Start(exam), cancellationToken));
                await SendAsync(exam, "complete", () => modality.SetAsync(PerformedStep, step, End(), cancellationToken));
            }

            await modality.ReleaseAsync(cancellationToken);

            async Task SendAsync(BenchExam exam, string state, Func<Task<DimseResponse>> send)
            {
                await pace.WaitForNextTickAsync(cancellationToken);
                var begun = sent[$"{exam.Appointment} {state}"] = TimeProvider.System.GetTimestamp();
                var answer = await send();
                if (!answer.IsSuccess) throw new BenchException($"The gateway answered 0x{answer.Status:X4} to an MPPS message.");
                answers.Add(TimeProvider.System.GetElapsedTime(begun).TotalMilliseconds);
            }
        }

        await page.UntilAsync(sent.Count, cancellationToken).WaitAsync(TimeSpan.FromSeconds(30), cancellationToken);
        var counted = sent.Skip(WarmUp * 2).ToList();
        var table = new Figures($"MPPS to the clinic's page, {counted.Count} messages, 10 a second");
        table.Add("message sent until the gateway's answer", [.. answers.Skip(WarmUp * 2)]);
        table.Add("message sent until seen by an SSE client", [.. counted.Select(one => TimeProvider.System.GetElapsedTime(one.Value, page.Seen(one.Key)!.Value.At).TotalMilliseconds)], 150);
        table.Add("events repeated or out of order", page.Repeated, "", atMost: 0);
        table.Add("processor", load.Shares());
        return [table.Print()];
    }

    internal static DicomDataset Start(BenchExam exam) => new DicomDataset()
        .Set(DicomTags.SpecificCharacterSet, "ISO_IR 192").Set(DicomTags.Modality, "MG").SetItems(DicomTags.ReferencedPatientSequence)
        .Set(DicomTags.PatientName, "BENCH^ADA").Set(DicomTags.PatientID, exam.NhsNumber).Set(DicomTags.PatientBirthDate, "19600203").Set(DicomTags.PatientSex, "F")
        .Set(DicomTags.StudyID, "1").Set(DicomTags.PerformedStationAETitle, "BENCH").Set(DicomTags.PerformedStationName, "BENCH").Set(DicomTags.PerformedLocation)
        .Set(DicomTags.PerformedProcedureStepStartDate, "20260105").Set(DicomTags.PerformedProcedureStepStartTime, "103000")
        .Set(DicomTags.PerformedProcedureStepEndDate).Set(DicomTags.PerformedProcedureStepEndTime)
        .Set(DicomTags.PerformedProcedureStepStatus, "IN PROGRESS").Set(DicomTags.PerformedProcedureStepID, "P1").Set(DicomTags.PerformedProcedureStepDescription)
        .Set(DicomTags.PerformedProcedureTypeDescription).SetItems(DicomTags.ProcedureCodeSequence).SetItems(DicomTags.PerformedProtocolCodeSequence)
        .SetItems(DicomTags.PerformedSeriesSequence)
        .SetItems(DicomTags.ScheduledStepAttributesSequence, new DicomDataset()
            .Set(DicomTags.AccessionNumber, exam.Accession).SetItems(DicomTags.ReferencedStudySequence).Set(DicomTags.StudyInstanceUID, exam.Order.StudyInstanceUid!)
            .Set(DicomTags.RequestedProcedureDescription).Set(DicomTags.ScheduledProcedureStepDescription).SetItems(DicomTags.ScheduledProtocolCodeSequence)
            .Set(DicomTags.ScheduledProcedureStepID).Set(DicomTags.RequestedProcedureID, exam.Accession));

    internal static DicomDataset End() => new DicomDataset()
        .Set(DicomTags.PerformedProcedureStepStatus, "COMPLETED").Set(DicomTags.PerformedProcedureStepEndDate, "20260105").Set(DicomTags.PerformedProcedureStepEndTime, "104500")
        .SetItems(DicomTags.PerformedSeriesSequence, new DicomDataset()
            .Set(DicomTags.PerformingPhysicianName).Set(DicomTags.ProtocolName, "MG").Set(DicomTags.OperatorsName).Set(DicomTags.SeriesInstanceUID, DicomUid.New())
            .Set(DicomTags.SeriesDescription).Set(DicomTags.RetrieveAETitle).SetItems(DicomTags.ReferencedImageSequence)
            .SetItems(DicomTags.ReferencedNonImageCompositeSOPInstanceSequence));
}
