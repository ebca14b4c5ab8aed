using System.Text.Json;

namespace Gantry.EndToEnd.Tests.Browser;

/// <summary>A started system with a study of each modality in its archive, as <c>dicom-send</c> stores them, and a browser before it.</summary>
public sealed class ReadingRoom(RunningSystem running) : IAsyncLifetime
{
    /// <summary>Where pictures of a run are left; those of the README come from here.</summary>
    private static readonly string Pictures = Path.Combine(GantrySystem.Root, "artifacts", "pictures");

    private readonly Dictionary<string, StoredStudy> _studies = [];

    internal GantrySystem System => running.System;

    internal Chromium Chromium { get; } = new();

    internal Archive Archive => new(System);

    internal string Address => $"http://localhost:{System.Ports.Viewer}";

    internal StoredStudy this[string modality] => _studies[modality];

    public async Task InitializeAsync()
    {
        var sent = (await Peer.RunAsync(
            "dotnet", [GantrySystem.SidecarProgram, "dicom-send", "-p", $"{System.Ports.Archive}", "--images", "6", "--columns", "768", "--json"])).MustSucceed();
        foreach (var study in JsonDocument.Parse(sent.Output).RootElement.GetProperty("studies").EnumerateArray())
        {
            string Text(string name) => study.GetProperty(name).GetString()!;
            _studies[Text("modality")] = new(Text("study_instance_uid"), Text("accession_number"), study.GetProperty("images").GetInt32());
        }
        await Chromium.InitializeAsync();
    }

    internal Task<OhifPage> SitDownAsync(bool signedInAtOrthanc = false) =>
        OhifPage.StartAsync(Chromium, Address, signedInAtOrthanc ? new() { Username = "orthanc", Password = "orthanc" } : null);

    /// <summary>The picture that Orthanc draws of what a viewport shows.</summary>
    internal Task<byte[]> ExpectedAsync(ShownImage shown) => Archive.RenderedAsync(shown.InstanceUid, shown.Frame - 1);

    /// <summary>Keeps a picture of the page under a name.</summary>
    internal static async Task PhotographAsync(OhifPage ohif, string name)
    {
        Directory.CreateDirectory(Pictures);
        await ohif.Page.ScreenshotAsync(new() { Path = Path.Combine(Pictures, $"{name}.png") });
    }

    public Task DisposeAsync() => Chromium.DisposeAsync();
}

/// <summary>A study in the archive.</summary>
internal sealed record StoredStudy(string Uid, string AccessionNumber, int Images);
