using System.Text.Json;

namespace Orthanc.Net;

/// <summary>
/// /modalities: what Orthanc does with other DICOM nodes. A name that is not listed: <see cref="OrthancNotFoundException"/>. A
/// node that does not answer, or refuses: <see cref="OrthancAnswerException"/>, whose Details tell what the node did.
/// </summary>
public sealed class OrthancModalities
{
    private const string Folder = "modalities";

    private readonly OrthancTransport _transport;

    internal OrthancModalities(OrthancTransport transport) => _transport = transport;

    /// <summary>Names of the nodes.</summary>
    /// <exception cref="OrthancException">The call failed.</exception>
    public async Task<IReadOnlyList<string>> ListNamesAsync(CancellationToken cancellationToken = default) =>
        await _transport.GetJsonAsync(Folder, OrthancJson.Default.ListString, cancellationToken).ConfigureAwait(false);

    /// <summary>All nodes, by name.</summary>
    /// <exception cref="OrthancException">The call failed.</exception>
    public async Task<IReadOnlyDictionary<string, OrthancModality>> ListAsync(CancellationToken cancellationToken = default) =>
        await _transport.GetJsonAsync(Folder.WithQuery(("expand", "")), OrthancJson.Default.DictionaryStringOrthancModality, cancellationToken)
            .ConfigureAwait(false);

    /// <summary>One node.</summary>
    /// <exception cref="OrthancException">The call failed.</exception>
    public Task<OrthancModality> GetAsync(string name, CancellationToken cancellationToken = default) =>
        _transport.GetJsonAsync(OrthancPath.Of(Folder, name, "configuration"), OrthancJson.Default.OrthancModality, cancellationToken);

    /// <summary>Adds or changes a node; it is forgotten when Orthanc ends, unless DicomModalitiesInDatabase is set.</summary>
    /// <exception cref="OrthancException">The call failed.</exception>
    public async Task SetAsync(string name, OrthancModality modality, CancellationToken cancellationToken = default)
    {
        using var content = OrthancCalls.JsonContent(modality, OrthancJson.Default.OrthancModality);
        await _transport.SendOnlyAsync(HttpMethod.Put, OrthancPath.Of(Folder, name), content, answerTimeout: null, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Forgets a node.</summary>
    /// <exception cref="OrthancException">The call failed.</exception>
    public Task RemoveAsync(string name, CancellationToken cancellationToken = default) =>
        _transport.SendOnlyAsync(HttpMethod.Delete, OrthancPath.Of(Folder, name), content: null, answerTimeout: null, cancellationToken);

    /// <summary>Orthanc sends a C-ECHO; returns if the node answered with success.</summary>
    /// <exception cref="OrthancException">It did not; or the call failed.</exception>
    public async Task EchoAsync(string name, CancellationToken cancellationToken = default)
    {
        using var content = OrthancCalls.JsonContent([], OrthancJson.Default.DictionaryStringString);
        await _transport.SendOnlyAsync(HttpMethod.Post, OrthancPath.Of(Folder, name, "echo"), content, _transport.Options.ModalityTimeout,
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends images to the node, as a job (<see cref="OrthancJobs.WaitAsync"/>).</summary>
    /// <param name="name">The node.</param>
    /// <param name="resourceIds">Orthanc's ids of patients, studies, series or instances.</param>
    /// <param name="storageCommitment">True to ask the node afterwards whether it keeps them; the transaction is named in the
    /// job's content, StorageCommitmentTransactionUID.</param>
    /// <param name="cancellationToken">Ends the call, not the job.</param>
    /// <exception cref="OrthancException">The call failed.</exception>
    public Task<OrthancJobReference> StoreAsync(string name, IReadOnlyList<string> resourceIds, bool storageCommitment = false,
        CancellationToken cancellationToken = default) =>
        _transport.PostJsonAsync(OrthancPath.Of(Folder, name, "store"), new OrthancStoreRequest(resourceIds, storageCommitment),
            OrthancJson.Default.OrthancStoreRequest, OrthancJson.Default.OrthancJobReference, answerTimeout: null, cancellationToken);

    /// <summary>Asks the node to send images (C-MOVE), and waits until it has.</summary>
    /// <param name="name">The node.</param>
    /// <param name="level">The level of what is wanted.</param>
    /// <param name="resources">The keys of each, for example StudyInstanceUID; on lower levels those of the levels above, too.</param>
    /// <param name="targetAet">Who receives them; null for this Orthanc.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="OrthancException">The node did not, or the call failed.</exception>
    public async Task MoveAsync(string name, ResourceLevel level, IReadOnlyList<IReadOnlyDictionary<string, string>> resources,
        string? targetAet = null, CancellationToken cancellationToken = default)
    {
        using var content = OrthancCalls.JsonContent(
            new OrthancMoveRequest(level, resources, targetAet), OrthancJson.Default.OrthancMoveRequest);
        await _transport.SendOnlyAsync(HttpMethod.Post, OrthancPath.Of(Folder, name, "move"), content, _transport.Options.ModalityTimeout,
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Asks the node what it has (C-FIND). Orthanc keeps the answers until the query is removed.</summary>
    /// <param name="name">The node.</param>
    /// <param name="level">The level of what is wanted.</param>
    /// <param name="keys">Keyword and value; an empty value asks for the tag to be told.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="OrthancException">The node did not answer, or the call failed.</exception>
    public async Task<OrthancQuery> QueryAsync(string name, ResourceLevel level, IReadOnlyDictionary<string, string> keys,
        CancellationToken cancellationToken = default)
    {
        var reference = await _transport.PostJsonAsync(OrthancPath.Of(Folder, name, "query"), new OrthancQueryRequest(level, keys),
            OrthancJson.Default.OrthancQueryRequest, OrthancJson.Default.OrthancQueryReference, _transport.Options.ModalityTimeout,
            cancellationToken).ConfigureAwait(false);
        return new OrthancQuery(_transport, reference.Id);
    }

    /// <summary>Asks the node for its worklist (PS3.4 Annex K).</summary>
    /// <param name="name">The node.</param>
    /// <param name="keys">
    /// A data set by keyword: text, null, or for a sequence an array of such objects, for example
    /// <c>{"PatientName":"","ScheduledProcedureStepSequence":[{"Modality":"MR"}]}</c>.
    /// </param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="OrthancException">The node did not answer, or the call failed.</exception>
    public async Task<IReadOnlyList<OrthancTags>> FindWorklistAsync(string name, JsonElement keys, CancellationToken cancellationToken = default)
    {
        var answers = await _transport.PostJsonAsync(OrthancPath.Of(Folder, name, "find-worklist"), new OrthancWorklistRequest(keys),
            OrthancJson.Default.OrthancWorklistRequest, OrthancJson.Default.ListJsonElement, _transport.Options.ModalityTimeout,
            cancellationToken).ConfigureAwait(false);
        return [.. answers.Select(answer => new OrthancTags(answer))];
    }
}
