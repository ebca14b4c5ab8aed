using Gantry.Worklist.Tests.Engines;

namespace Gantry.Sidecar.Tests.Wire.Mpps;

/// <summary>With socket completions inline, in a process of its own: the switch is read once in a process.</summary>
public sealed class InlineCompletionTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Many_exams_at_once_are_started_and_finished_on_either_database(bool onPostgres)
    {
        await using var server = onPostgres ? await PrivatePostgres.StartAsync() : null;
        var folder = Directory.CreateTempSubdirectory("gantry-inline-");
        await using (var sidecar = await SidecarProcess.StartAsync(
            folder.FullName, Path.Combine(folder.FullName, "worklist.db"),
            [
                "--Dicom:InlineCompletions", "true", "--Orthanc:Enabled", "false",
                .. onPostgres ? (string[])["--Worklist:Postgres", server!.ConnectionString] : [],
            ]))
        {
            await Task.WhenAll(Enumerable.Range(1, 16).Select(async modality =>
            {
                await using var client = await sidecar.ConnectAsync($"MODALITY{modality}");
                for (var exam = 1; exam <= 10; exam++)
                {
                    var uid = $"1.2.3.{modality}.{exam}";
                    MppsTest.AssertSuccess(await client.CreateStepAsync(uid, Steps.Started()));
                    MppsTest.AssertSuccess(await client.SetStepAsync(uid, Steps.Ended()));
                }
            }));
        }
        folder.Delete(recursive: true);
    }
}
