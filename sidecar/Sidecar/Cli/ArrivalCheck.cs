using System.Net.Http.Headers;
using System.Text;
using Gantry.Dicom;
using Gantry.Dicom.Network;
using Gantry.Sidecar.Settings;

namespace Gantry.Sidecar.Cli;

/// <summary>
/// Asks the archive whether an image that it took is there: by C-FIND, or by Orthanc's REST where it answers no query from us
/// (Orthanc refuses those of AE titles it does not know).
/// </summary>
internal static class ArrivalCheck
{
    /// <summary>Study Root Query/Retrieve Information Model - FIND (PS3.4 C.6.2).</summary>
    public const string StudyRootFind = "1.2.840.10008.5.1.4.1.2.2.1";

    private static readonly TimeSpan RestTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Asks, as one step; it is skipped, with the reason, where nobody can be asked.</summary>
    /// <exception cref="StepReportedException">The archive does not have the image.</exception>
    public static Task RunAsync(
        StepReport report, Terminal terminal, DicomClientOptions peer, DicomDataset image, CancellationToken cancellationToken) =>
        report.RunAsync(
            "arrived",
            async () => await QueryAsync(peer, image, terminal.Time, cancellationToken)
                ? (WasAsked: true, Words: "found by C-FIND")
                : await AskRestAsync(terminal, peer, image, cancellationToken),
            answer => answer.Words, cancellationToken, answer => !answer.WasAsked);

    /// <summary>
    /// Asks by C-FIND at image level; false also where the archive answers no query from us: Orthanc aborts those of AE titles
    /// it does not know.
    /// </summary>
    private static async Task<bool> QueryAsync(
        DicomClientOptions peer, DicomDataset image, TimeProvider time, CancellationToken cancellationToken)
    {
        var identifier = new DicomDataset()
            .Set(DicomTags.QueryRetrieveLevel, "IMAGE")
            .Set(DicomTags.StudyInstanceUID, image.GetString(DicomTags.StudyInstanceUID) ?? "")
            .Set(DicomTags.SeriesInstanceUID, image.GetString(DicomTags.SeriesInstanceUID) ?? "")
            .Set(DicomTags.SOPInstanceUID, image.GetString(DicomTags.SOPInstanceUID) ?? "");
        var matches = 0;
        try
        {
            peer.Contexts = [new ProposedContext(StudyRootFind)];
            await using var client = await DicomClient.ConnectAsync(peer, null, time, cancellationToken);
            await foreach (var _ in client.FindAsync(StudyRootFind, identifier, cancellationToken))
                matches++;
            await client.ReleaseAsync(cancellationToken);
        }
        catch (Exception failure) when (failure is DimseException or DicomNetworkException)
        {
            // REST may know
        }
        return matches > 0;
    }

    /// <summary>Asks Orthanc's REST, if the settings name the one that was tested; or says why it cannot be asked.</summary>
    /// <exception cref="StepFailedException">It does not have the image.</exception>
    private static async Task<(bool WasAsked, string Words)> AskRestAsync(
        Terminal terminal, DicomClientOptions peer, DicomDataset image, CancellationToken cancellationToken)
    {
        const string NoQuery = "Not asked: the archive answers no C-FIND from us";
        OrthancOptions orthanc;
        try
        {
            orthanc = SettingsBinder.Bind(SettingsLayers.Build([], terminal.Directory, terminal.Environment)).Orthanc;
        }
        catch (SettingsException)
        {
            return (false, $"{NoQuery}, and the settings that name its REST cannot be read.");
        }
        var url = new Uri(orthanc.Url);
        if (!string.Equals(url.Host, peer.Host, StringComparison.OrdinalIgnoreCase) || orthanc.DicomPort != peer.Port)
            return (false, $"{NoQuery}, and the settings (ORTHANC_URL, Orthanc:DicomPort) name another archive.");
        try
        {
            return await LookUpAsync(url, orthanc, image, cancellationToken)
                ? (true, $"found by REST at {url}")
                : throw new StepFailedException(
                    "answer", $"{url} does not have the image, though the archive said it took it. Is it the same?");
        }
        catch (HttpRequestException error)
        {
            return (false, $"{NoQuery}, and its REST at {url} could not be asked: {error.Message}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (false, $"{NoQuery}, and its REST at {url} did not answer in time.");
        }
    }

    private static async Task<bool> LookUpAsync(
        Uri url, OrthancOptions orthanc, DicomDataset image, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { Timeout = RestTimeout };
        if (orthanc.Username.Length > 0)
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
                "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{orthanc.Username}:{orthanc.Password}")));
        }
        using var content = new StringContent(image.GetString(DicomTags.SOPInstanceUID) ?? "");
        using var response = await client.PostAsync(new Uri(url, "/tools/lookup"), content, cancellationToken);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadAsStringAsync(cancellationToken)).Contains("\"ID\"", StringComparison.Ordinal);
    }
}
