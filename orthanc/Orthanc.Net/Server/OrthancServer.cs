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
}
