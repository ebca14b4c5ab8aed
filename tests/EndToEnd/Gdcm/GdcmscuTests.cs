using Gantry.Dicom;

namespace Gantry.EndToEnd.Tests.Gdcm;

/// <summary>
/// Debian's gdcmscu. GDCM 3.0.21 dies of its own when it releases an association, with any peer (Orthanc too), so what it has
/// received counts and not its exit status. Its --worklist is an empty promise: it sends the archive's SOP classes.
/// </summary>
[Collection(SharedSystem.Name)]
public sealed class GdcmscuTests(RunningSystem running)
{
    private readonly GantrySystem _system = running.System;

    [Fact]
    public async Task Its_echo_is_answered_and_its_release_too()
    {
        var echo = await RunAsync(_system.Ports.Worklist, "--echo");

        Assert.Matches(@"\(0000,0100\).* 32816 ", echo.Output);          // C-ECHO-RSP
        Assert.Matches(@"\(0000,0900\).*\(US\) 0 ", echo.Output);
        Assert.Contains("PDU code: 6", echo.Output, StringComparison.Ordinal);   // A-RELEASE-RP
        Assert.DoesNotContain("PDU code: 7", echo.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_query_of_the_archive_is_refused_and_the_next_peer_is_served()
    {
        var query = await RunAsync(
            _system.Ports.Worklist, "--find", "--worklist", "--patientroot", "--patient", "--key", "8,50=4567", "--key", "10,10=");

        // It goes on although its only context was refused: abstract syntax not supported (PS3.8 Table 9-18)
        Assert.Contains("Result: 3", query.Output, StringComparison.Ordinal);
        Assert.Contains("PDU code: 7", query.Output, StringComparison.Ordinal);  // A-ABORT
        (await Peer.RunAsync("echoscu", ["localhost", $"{_system.Ports.Worklist}"])).MustSucceed();
    }

    [Fact]
    public async Task Its_image_goes_into_the_archive()
    {
        var study = DicomUid.New();
        var image = await Images.SaveOneAsync(_system.Data, "CR", study, "GDCM");

        await RunAsync(_system.Ports.Archive, "--store", "-i", image);

        await new Archive(_system).StudyAsync(study);
    }

    private static Task<PeerResult> RunAsync(int port, params string[] what) =>
        Peer.RunAsync("gdcmscu", [.. what, "-H", "localhost", "-p", $"{port}", "--aetitle", "GDCM", "--call", "WORKLISTS", "--debug"]);
}
