namespace Orthanc.Net;

/// <summary>Orthanc itself.</summary>
public sealed class OrthancServer
{
    private readonly OrthancTransport _transport;

    internal OrthancServer(OrthancTransport transport) => _transport = transport;

    /// <summary>Which Orthanc answers.</summary>
    /// <exception cref="OrthancException">The call failed.</exception>
    public Task<OrthancSystem> GetSystemAsync(CancellationToken cancellationToken = default) =>
        _transport.GetJsonAsync("system", OrthancJson.Default.OrthancSystem, cancellationToken);

    /// <summary>How much is stored.</summary>
    /// <exception cref="OrthancException">The call failed.</exception>
    public Task<OrthancStatistics> GetStatisticsAsync(CancellationToken cancellationToken = default) =>
        _transport.GetJsonAsync("statistics", OrthancJson.Default.OrthancStatistics, cancellationToken);

    /// <summary>Names of the plugins that are loaded.</summary>
    /// <exception cref="OrthancException">The call failed.</exception>
    public async Task<IReadOnlyList<string>> ListPluginsAsync(CancellationToken cancellationToken = default) =>
        await _transport.GetJsonAsync("plugins", OrthancJson.Default.ListString, cancellationToken).ConfigureAwait(false);

    /// <summary>Asks DICOMweb (PS3.18 10.6, QIDO-RS) for one study; returns if the plugin answered with success.</summary>
    /// <param name="root">Root of the plugin below Orthanc's address, for example dicom-web.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="OrthancNotFoundException">Nothing answers at this root: the plugin is not loaded, or has another one.</exception>
    /// <exception cref="OrthancException">The call failed.</exception>
    public async Task CheckDicomWebAsync(string root, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(root);
        using var call = _transport.Begin(HttpMethod.Get, $"{root.Trim('/')}/studies?limit=1", cancellationToken);
        using var response = await _transport.SendAsync(call, content: null, "application/dicom+json").ConfigureAwait(false);
    }
}
