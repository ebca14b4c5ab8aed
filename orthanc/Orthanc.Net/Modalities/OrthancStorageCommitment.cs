namespace Orthanc.Net;

/// <summary>/storage-commitment: asks a node whether it keeps what it was sent (PS3.4 Annex J).</summary>
public sealed class OrthancStorageCommitment
{
    private readonly OrthancTransport _transport;

    internal OrthancStorageCommitment(OrthancTransport transport) => _transport = transport;

    /// <summary>Asks for resources of this Orthanc.</summary>
    /// <param name="modality">The node.</param>
    /// <param name="resourceIds">Orthanc's ids.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The Transaction UID.</returns>
    /// <exception cref="OrthancException">The node refused, or the call failed.</exception>
    public Task<string> RequestAsync(string modality, IReadOnlyList<string> resourceIds, CancellationToken cancellationToken = default) =>
        RequestAsync(modality, new OrthancCommitmentRequest(resourceIds, DicomInstances: null), cancellationToken);

    /// <summary>Asks for any objects, known to this Orthanc or not.</summary>
    /// <inheritdoc cref="RequestAsync(string, IReadOnlyList{string}, CancellationToken)"/>
    public Task<string> RequestAsync(
        string modality, IReadOnlyList<OrthancSopReference> instances, CancellationToken cancellationToken = default) =>
        RequestAsync(modality, new OrthancCommitmentRequest(Resources: null, instances), cancellationToken);

    /// <summary>What the node reported so far.</summary>
    /// <exception cref="OrthancNotFoundException">Orthanc does not know the transaction (it forgets them when it ends).</exception>
    /// <exception cref="OrthancException">The call failed.</exception>
    public Task<OrthancCommitmentReport> GetAsync(string transactionUid, CancellationToken cancellationToken = default) =>
        _transport.GetJsonAsync(OrthancPath.Of("storage-commitment", transactionUid), OrthancJson.Default.OrthancCommitmentReport, cancellationToken);

    /// <summary>Waits for the report of the node.</summary>
    /// <exception cref="OrthancException">A call failed.</exception>
    public async Task<OrthancCommitmentReport> WaitAsync(string transactionUid, CancellationToken cancellationToken = default)
    {
        var pace = new Pace(_transport.Time);
        while (true)
        {
            var report = await GetAsync(transactionUid, cancellationToken).ConfigureAwait(false);
            if (report.Status != CommitmentStatus.Pending)
                return report;
            await pace.NextAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Deletes from this Orthanc what the node keeps.</summary>
    /// <exception cref="OrthancAnswerException">The node does not keep everything (500); nothing is deleted.</exception>
    /// <exception cref="OrthancException">The call failed.</exception>
    public async Task RemoveInstancesAsync(string transactionUid, CancellationToken cancellationToken = default)
    {
        using var content = new ByteArrayContent([]);
        await _transport.SendOnlyAsync(HttpMethod.Post, OrthancPath.Of("storage-commitment", transactionUid, "remove"), content,
            answerTimeout: null, cancellationToken).ConfigureAwait(false);
    }

    private async Task<string> RequestAsync(string modality, OrthancCommitmentRequest request, CancellationToken cancellationToken) =>
        (await _transport.PostJsonAsync(OrthancPath.Of("modalities", modality, "storage-commitment"), request,
            OrthancJson.Default.OrthancCommitmentRequest, OrthancJson.Default.OrthancQueryReference, _transport.Options.ModalityTimeout,
            cancellationToken).ConfigureAwait(false)).Id;
}
