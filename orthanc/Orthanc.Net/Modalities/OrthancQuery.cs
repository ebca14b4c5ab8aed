namespace Orthanc.Net;

/// <summary>Answers of a node that wait in Orthanc (/queries).</summary>
public sealed class OrthancQuery
{
    private const string Folder = "queries";

    private readonly OrthancTransport _transport;

    internal OrthancQuery(OrthancTransport transport, string id) => (_transport, Id) = (transport, id);

    /// <summary>Orthanc's id of the query.</summary>
    public string Id { get; }

    /// <summary>What the node answered.</summary>
    /// <exception cref="OrthancException">The call failed.</exception>
    public async Task<IReadOnlyList<OrthancTags>> ListAnswersAsync(CancellationToken cancellationToken = default)
    {
        var answers = await _transport.GetJsonAsync(OrthancPath.Of(Folder, Id, "answers").WithQuery(("expand", ""), ("simplify", "")),
            OrthancJson.Default.ListJsonElement, cancellationToken).ConfigureAwait(false);
        return [.. answers.Select(answer => new OrthancTags(answer))];
    }

    /// <summary>Asks the node to send everything it found (C-MOVE), as a job.</summary>
    /// <param name="targetAet">Who receives it; null for this Orthanc.</param>
    /// <param name="cancellationToken">Ends the call, not the job.</param>
    /// <exception cref="OrthancException">The call failed.</exception>
    public Task<OrthancJobReference> RetrieveAsync(string? targetAet = null, CancellationToken cancellationToken = default) =>
        RetrieveAsync(OrthancPath.Of(Folder, Id, "retrieve"), targetAet, cancellationToken);

    /// <summary>The same for one answer, counted from 0.</summary>
    /// <exception cref="OrthancException">The call failed.</exception>
    public Task<OrthancJobReference> RetrieveAsync(int answer, string? targetAet = null, CancellationToken cancellationToken = default) =>
        RetrieveAsync(OrthancPath.Of(Folder, Id, "answers", ((int?)answer).Text()!, "retrieve"), targetAet, cancellationToken);

    /// <summary>Lets Orthanc forget the answers.</summary>
    /// <exception cref="OrthancException">The call failed.</exception>
    public Task RemoveAsync(CancellationToken cancellationToken = default) =>
        _transport.SendOnlyAsync(HttpMethod.Delete, OrthancPath.Of(Folder, Id), content: null, answerTimeout: null, cancellationToken);

    private Task<OrthancJobReference> RetrieveAsync(string path, string? targetAet, CancellationToken cancellationToken) =>
        _transport.PostJsonAsync(path, new OrthancRetrieveRequest(targetAet), OrthancJson.Default.OrthancRetrieveRequest,
            OrthancJson.Default.OrthancJobReference, answerTimeout: null, cancellationToken);
}
