using System.Diagnostics;
using System.Globalization;

namespace Gantry.Dicom.Tests.Network;

public sealed class DescriptorTests
{
    private const int Descriptors = 300;

    [Fact]
    public async Task A_process_without_file_descriptors_left_goes_on_accepting_when_it_has_some_again()
    {
        // The limit is the child's own, soft and hard
        using var process = Process.Start(
            new ProcessStartInfo("bash", ["-c", $"ulimit -n {Descriptors}; exec dotnet \"$0\"", Program])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
            // Else compiler and garbage collector start threads of their own, which may be in the shortage
            Environment = { ["DOTNET_TieredCompilation"] = "0", ["DOTNET_gcConcurrent"] = "0" },
        })!;
        try
        {
            var port = int.Parse(
                await LineAsync(process) ?? throw new InvalidOperationException(await process.StandardError.ReadToEndAsync()),
                CultureInfo.InvariantCulture);
            await ServesAsync(port);

            await process.StandardInput.WriteLineAsync();
            Assert.Equal("none left", await LineAsync(process));
            await using (await ScriptedPeer.ConnectAsync(port))
            {
                Assert.Equal("1002", await LineAsync(process)); // accepting failed
                Assert.Equal("1002", await LineAsync(process)); // and again
                await process.StandardInput.WriteLineAsync();
            }

            await ServesAsync(port);
            process.StandardInput.Close();
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            await process.WaitForExitAsync(limit.Token);
            Assert.Equal(0, process.ExitCode);
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }

    private static string Program => typeof(ListeningProcess).Assembly.Location;

    private static Task<string?> LineAsync(Process process) =>
        process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30));

    private static async Task ServesAsync(int port)
    {
        await using var peer = await ScriptedPeer.ConnectAsync(port);
        await peer.AssociateAsync("1.2.840.10008.1.1");
        await peer.EchoAsync(1);
        await peer.ReleaseAsync();
    }
}
