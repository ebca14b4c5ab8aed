namespace Gantry.Sidecar.Tests.Wire.Mwl;

/// <summary>The commands that people have in their notes (contracts, section 2), with DCMTK's own programs.</summary>
public sealed class ContractCommandTests
{
    [Theory]
    [InlineData("ACC000 ACC001 4567", "PatientName=")]
    [InlineData("4567", "AccessionNumber=4567")]
    [InlineData("4567", "(0040,0100)[0].Modality=MR")]
    [InlineData("ACC000 ACC001", "ScheduledProcedureStepSequence[0].Modality=MG", "-aec", "ORTHANC_MWL")]
    [InlineData("ACC000 ACC001 4567", "(0040,0100)[0].ScheduledProcedureStepStartDate=20260105")]
    [InlineData("4567", "PatientName=", "-k", "(0040,0100)[0].Modality=MR", "-k", "(0040,0100)[0].ScheduledProcedureStepStartDate=20260105")]
    public async Task Findscu_finds(string accessions, params string[] key)
    {
        await using var scp = await Scp.StartAsync();
        await scp.AddAsync(
            Orders.Order("ACC000", time: "100000"), Orders.Order("ACC001", time: "103000"),
            Orders.Order("4567", time: "110000", modality: "MR"), Orders.Order("TOMORROW", date: "20260106", modality: "CT") with
            {
                Status = Gantry.Worklist.OrderStatus.Completed,
            });
        string[] also = key[0].StartsWith("Accession", StringComparison.Ordinal) ? [] : ["-k", "AccessionNumber="];
        var output = await Program.RunAsync("findscu", ["-v", "-W", "-k", .. key, .. also, "127.0.0.1", $"{scp.EndPoint.Port}"]);
        Assert.Contains("Received Final Find Response (Success)", output, StringComparison.Ordinal);
        var answers = output[output.IndexOf("Find Response: 1", StringComparison.Ordinal)..].Split('\n');
        Assert.Equal(accessions.Split(' '), answers.Where(line => line.Contains("(0008,0050)", StringComparison.Ordinal))
            .Select(line => line.Split('[', ']')[1].Trim()));
    }

    [Fact]
    public async Task Echoscu_is_answered_by_any_called_title()
    {
        await using var scp = await Scp.StartAsync();
        await Program.RunAsync("echoscu", "127.0.0.1", $"{scp.EndPoint.Port}", "-aec", "ORTHANC_MWL");
    }
}
