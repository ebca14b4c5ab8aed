using System.Net;
using System.Text.Json;
using Gantry.Dicom;
using Gantry.Dicom.Network;

namespace Orthanc.Net.Tests;

[Collection(ArchiveTests.Name)]
public sealed class WorklistTests(RunningOrthanc orthanc)
{
    [Fact]
    public async Task Orthanc_asks_a_worklist_server_for_us()
    {
        var worklist = new OneStepWorklist();
        await using var listener = new DicomListener(new DicomListenerOptions { EndPoints = [new IPEndPoint(IPAddress.Loopback, 0)] }, [worklist]);
        await listener.StartAsync();
        var client = orthanc.Client;
        await client.Modalities.SetAsync("worklist", new OrthancModality { AeTitle = "WORKLISTS", Host = "127.0.0.1", Port = listener.BoundEndPoints[0].Port });
        using var keys = JsonDocument.Parse("""{"PatientName":"","AccessionNumber":"","ScheduledProcedureStepSequence":[{"Modality":"MR"}]}""");

        var steps = await client.Modalities.FindWorklistAsync("worklist", keys.RootElement);

        Assert.Equal("MR", worklist.AskedModality);
        var step = Assert.Single(steps);
        Assert.Equal(("4567", "MÜLLER^ANNA"), (step["AccessionNumber"], step["PatientName"]));
        Assert.Equal("MR", Assert.Single(step.Items("ScheduledProcedureStepSequence"))["Modality"]);
    }

    private sealed class OneStepWorklist : SopClassService
    {
        public string? AskedModality { get; private set; }

        public override IReadOnlyList<string> SopClassUids => ["1.2.840.10008.5.1.4.31"];

        public override ValueTask<DimseResponse> FindAsync(DimseRequest request, FindResponses responses, CancellationToken cancellationToken)
        {
            // Now: the bytes of a request belong to the next one when the handler has returned
            AskedModality = request.ReadDataset().GetItems(DicomTags.ScheduledProcedureStepSequence)[0].GetString(DicomTags.Modality);
            new DicomDataset().Set(DicomTags.SpecificCharacterSet, "ISO_IR 192").Set(DicomTags.AccessionNumber, "4567")
                .Set(DicomTags.PatientName, "MÜLLER^ANNA")
                .SetItems(DicomTags.ScheduledProcedureStepSequence, new DicomDataset().Set(DicomTags.Modality, "MR"))
                .Write(responses, request.TransferSyntax);
            responses.Commit();
            return ValueTask.FromResult(new DimseResponse(0));
        }
    }
}
