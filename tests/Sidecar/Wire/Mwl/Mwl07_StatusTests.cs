using Gantry.Dicom;

namespace Gantry.Sidecar.Tests.Wire.Mwl;

/// <summary>Point 7: statuses (PS3.4 Table K.4-1). 0xA900 has its cases in points 5 and 6, 0xA700 in 11, 0xFE00 in 8.</summary>
public sealed class Mwl07_StatusTests
{
    [Fact]
    public async Task Nothing_found_is_success_without_an_identifier()
    {
        await using var scp = await Scp.StartAsync();
        var found = await scp.FindAsync(Orders.Ask((DicomTags.PatientID, "NOBODY")));
        Assert.Empty(found.Pending);
        Assert.Equal(0x0000, found.Final.Status);
        Assert.Null(found.Final.Data);
        Assert.Null(found.Final.ErrorComment);
    }

    [Fact]
    public async Task A_request_without_identifier_is_refused_with_0xA900()
    {
        await using var scp = await Scp.StartAsync();
        await using var scu = await scp.ConnectRawAsync();
        await scu.SendFindAsync(null);
        var found = await scu.ReadFindAsync();
        Assert.Equal(0xA900, found.Final.Status);
        Assert.Equal("The C-FIND request has no identifier", found.Final.ErrorComment);
    }

    [Fact]
    public async Task Bytes_that_are_no_identifier_are_answered_with_0xC000_and_the_association_goes_on()
    {
        await using var scp = await Scp.StartAsync();
        await scp.AddAsync(Orders.Order("ACC1"));
        await using var scu = await scp.ConnectRawAsync(TransferSyntax.ImplicitVrLittleEndian);
        await scu.SendFindAsync([0x10, 0x00, 0x10, 0x00, 0xFF, 0x00, 0x00, 0x00, (byte)'S']);
        var found = await scu.ReadFindAsync();
        Assert.Equal(0xC000, found.Final.Status);
        Assert.StartsWith("Identifier cannot be read", found.Final.ErrorComment, StringComparison.Ordinal);
        Assert.True(found.Final.ErrorComment!.Length <= 64);
        Assert.Equal(["ACC1"], (await scu.FindAsync(Orders.Ask((DicomTags.AccessionNumber, "")))).Accessions);
    }

    [Fact]
    public async Task Another_SOP_class_on_the_worklists_context_is_refused_with_0x0122()
    {
        await using var scp = await Scp.StartAsync();
        await using var scu = await scp.ConnectRawAsync();
        await scu.SendFindAsync(Orders.Ask((DicomTags.PatientID, "")).ToBytes(TransferSyntax.ExplicitVrLittleEndian),
            sopClass: "1.2.840.10008.5.1.4.1.2.2.1");
        Assert.Equal(0x0122, (await scu.ReadFindAsync()).Final.Status);
    }

    [Fact]
    public async Task An_operation_that_the_class_does_not_have_is_refused_with_0x0211()
    {
        await using var scp = await Scp.StartAsync();
        await using var scu = await scp.ConnectRawAsync();
        Assert.Equal(0x0211, (await scu.RequestAsync(0x0110, RawScu.Worklist, "1.2.3")).Status);
    }

    [Fact]
    public async Task A_store_that_cannot_be_read_is_0xA700_so_that_the_modality_tries_again()
    {
        await using var scp = await Scp.StartAsync();
        await using var scu = await scp.ConnectRawAsync();
        await SqliteCli.RunAsync(scp.DatabasePath, "ALTER TABLE worklist_items RENAME TO worklist_items_gone");
        var found = await scu.FindAsync(Orders.Ask((DicomTags.PatientID, "")));
        Assert.Equal(0xA700, found.Final.Status);
        Assert.Equal("The worklist store cannot be read now; try again", found.Final.ErrorComment);
    }

    [Fact]
    public async Task DCMTKs_findscu_understands_answers_warnings_and_refusals()
    {
        await using var scp = await Scp.StartAsync();
        await scp.AddAsync(Orders.Order("ACC1"));
        string[] common = ["-v", "-W", "127.0.0.1", $"{scp.EndPoint.Port}"];
        var found = await Program.RunAsync("findscu", [.. common, "-k", "PatientName="]);
        Assert.Contains("Find Response: 1 (Pending)", found, StringComparison.Ordinal);
        Assert.Contains("[SMITH^JANE]", found, StringComparison.Ordinal);
        Assert.Contains("Received Final Find Response (Success)", found, StringComparison.Ordinal);
        var warned = await Program.RunAsync("findscu", [.. common, "-k", "PatientMotherBirthName="]);
        Assert.Contains("WarningUnsupportedOptionalKeys", warned, StringComparison.Ordinal);
        var (_, refused) = await Program.TryAsync("findscu", [.. common, "-k", "(0040,0100)[0].ScheduledProcedureStepStartDate=today"]);
        Assert.Contains("Received Final Find Response (Error: ", refused, StringComparison.Ordinal);
        Assert.Contains("DataSetDoesNotMatchSOPClass", refused, StringComparison.Ordinal);
    }
}
