namespace Gantry.EndToEnd.Tests.Dcmtk;

[Collection(SharedSystem.Name)]
public sealed class EchoscuTests(RunningSystem running)
{
    private readonly GantrySystem _system = running.System;

    [Theory]
    [InlineData]
    [InlineData("-aec", "WORKLISTS")]
    [InlineData("-aet", "CT 1", "-aec", "ANY-SCP")]
    [InlineData("--repeat", "50")]
    [InlineData("--propose-ts", "3")]
    [InlineData("--propose-ts", "38")]
    [InlineData("--propose-pc", "128")]
    [InlineData("-pdu", "4096")]
    [InlineData("--abort")]
    public async Task An_echo_is_answered_on_both_ports(params string[] options)
    {
        foreach (var port in new[] { _system.Ports.Worklist, _system.Ports.SecondWorklist })
        {
            var echo = (await Peer.RunAsync("echoscu", ["-v", .. options, "localhost", $"{port}"])).MustSucceed();
            Assert.Contains("Received Echo Response (Success)", echo.Output, StringComparison.Ordinal);
        }
    }
}
