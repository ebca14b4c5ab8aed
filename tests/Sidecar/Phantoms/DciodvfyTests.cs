using System.Diagnostics;
using Gantry.Sidecar.Phantoms;
using Xunit.Abstractions;

namespace Gantry.Sidecar.Tests.Phantoms;

/// <summary>
/// Every object is checked against PS3.3 by a program that nobody here wrote: dciodvfy of Debian's dicom3tools.
/// </summary>
public sealed class DciodvfyTests(ITestOutputHelper output)
{
    public static TheoryData<string> Modalities => [.. PhantomStudies.Drawn, "NM"];

    [Theory]
    [MemberData(nameof(Modalities))]
    public Task Images_of_a_complete_order_have_no_errors(string modality) =>
        Check(modality, ExamplePhantomOrder.Complete, ExamplePhantomOrder.Small);

    [Theory]
    [MemberData(nameof(Modalities))]
    public Task Images_of_an_unscheduled_exam_have_no_errors(string modality) =>
        Check(modality, ExamplePhantomOrder.Unscheduled, ExamplePhantomOrder.Small);

    [Theory]
    [MemberData(nameof(Modalities))]
    public Task Images_of_a_patient_with_a_korean_name_have_no_errors(string modality) =>
        Check(modality, ExamplePhantomOrder.Complete with { PatientName = "HONG^GILDONG=洪^吉洞=홍^길동", StudyDescription = "유방 촬영" },
            ExamplePhantomOrder.Small);

    [Fact]
    public Task A_run_of_a_single_frame_has_no_errors() =>
        Check("XA", ExamplePhantomOrder.Complete, ExamplePhantomOrder.Small with { Frames = 1 });

    // The slices of one series must agree with each other as well: dcentvfy compares them.
    [Theory]
    [InlineData("CT")]
    [InlineData("MR")]
    [InlineData("MG")]
    public async Task The_images_of_a_series_agree_about_patient_study_series_and_frame_of_reference(string modality)
    {
        var folder = Directory.CreateTempSubdirectory("gantry-phantoms-");
        try
        {
            var paths = await Save(folder, modality, ExamplePhantomOrder.Complete, ExamplePhantomOrder.Small with { Images = 4 });

            Assert.True(paths.Count >= 4);
            Assert.DoesNotContain(await Run("dcentvfy", [.. paths]), line => line.StartsWith("Error", StringComparison.Ordinal));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<List<string>> Save(DirectoryInfo folder, string modality, PhantomOrder order,
        PhantomOptions options)
    {
        var paths = new List<string>();
        foreach (var file in PhantomStudies.Make(modality, order, options))
        {
            paths.Add(Path.Combine(folder.FullName, $"{modality}{paths.Count}.dcm"));
            await file.SaveAsync(paths[^1]);
        }

        return paths;
    }

    private static async Task<IReadOnlyList<string>> Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true };
        using var process = Process.Start(start)
            ?? throw new InvalidOperationException($"{program} does not start; install the package dicom3tools.");
        var printed = process.StandardOutput.ReadToEndAsync();
        var complaints = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (await printed + complaints).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private async Task Check(string modality, PhantomOrder order, PhantomOptions options)
    {
        var folder = Directory.CreateTempSubdirectory("gantry-phantoms-");
        try
        {
            foreach (var path in await Save(folder, modality, order, options))
            {
                var lines = await Run("dciodvfy", "-new", path);
                foreach (var line in lines)
                    output.WriteLine($"{Path.GetFileName(path)}: {line}");

                // it names the object it recognised on a line of its own, so silence is no success
                Assert.Contains(lines, line => !line.Contains(' ') && line.Length > 0);
                Assert.DoesNotContain(lines, line => line.StartsWith("Error", StringComparison.Ordinal));
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
