using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gantry.Dicom.Network;

/// <summary>
/// A DICOM client: one association, one operation at a time. Its methods may be called from several threads and take turns.
/// </summary>
/// <remarks>
/// Operations return the response whatever its status (<see cref="DimseResponse.EnsureSuccess"/> throws on a failure); they
/// throw <see cref="DicomNetworkException"/>, naming the phase, when there is none. An operation that is cancelled, or gets
/// no reply in time, aborts the association; only C-FIND has a way to be cancelled that leaves it standing.
/// </remarks>
public sealed class DicomClient : IAsyncDisposable
{
    private readonly ClientAssociation _association;
    private readonly DicomClientOptions _options;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private ushort _lastMessageId;

    private DicomClient(ClientAssociation association, DicomClientOptions options) =>
        (_association, _options) = (association, options);

    /// <summary>What the peer answered; its contexts hold results and the chosen transfer syntaxes.</summary>
    public AssociateParameters Accepted => _association.Accepted;

    /// <summary>Connects and associates.</summary>
    /// <exception cref="AssociationRejectedException">The peer rejects the association.</exception>
    /// <exception cref="DicomNetworkException">Anything else fails; it names the phase.</exception>
    /// <exception cref="ArgumentException">An option cannot be sent.</exception>
    public static async Task<DicomClient> ConnectAsync(
        DicomClientOptions options, ILoggerFactory? loggerFactory = null, TimeProvider? timeProvider = null,
        CancellationToken cancellationToken = default)
    {
        var logger = (loggerFactory ?? NullLoggerFactory.Instance).CreateLogger<DicomClient>();
        return new DicomClient(
            await ClientAssociation.OpenAsync(options, logger, timeProvider ?? TimeProvider.System, cancellationToken), options);
    }

    /// <summary>The transfer syntax accepted for a SOP class, or null if the peer did not accept it.</summary>
    public TransferSyntax? AcceptedSyntax(string sopClassUid) =>
        _association.Contexts.All.FirstOrDefault(c => c.AbstractSyntax == sopClassUid)?.TransferSyntax;

    /// <summary>C-ECHO.</summary>
    public Task<DimseResponse> EchoAsync(CancellationToken cancellationToken = default) =>
        RequestAsync(new RequestCommand(DimseCommand.CEcho, VerificationService.SopClassUid), null, null, cancellationToken);

    /// <summary>
    /// C-FIND: the matches as they arrive. Leaving the enumeration early, or cancelling it, sends a C-CANCEL and reads what is
    /// still on its way, so that the association stays of use.
    /// </summary>
    /// <exception cref="DimseException">The final status is a failure.</exception>
    public async IAsyncEnumerable<DicomDataset> FindAsync(
        string sopClassUid, DicomDataset identifier, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var context = Context(sopClassUid);
        await _turn.WaitAsync(cancellationToken);
        var messageId = ++_lastMessageId;
        var isOpen = false;
        try
        {
            var command = new RequestCommand(DimseCommand.CFind, sopClassUid).ToBytes(messageId, hasData: true);
            await _association.SendAsync(context, command, Encoded(identifier, context), cancellationToken);
            isOpen = true;
            while (true)
            {
                IncomingMessage message;
                try
                {
                    message = await _association.NextResponseAsync(messageId, cancellationToken);
                }
                catch (DicomNetworkException)
                {
                    isOpen = false;
                    throw;
                }
                isOpen = DimseStatus.IsPending(message.Command.Status);
                var response = ToResponse(message);
                if (!isOpen)
                {
                    if (!response.IsSuccess && response.Status != DimseStatus.Cancel) throw new DimseException(response);
                    yield break;
                }
                if (response.Dataset is { } match) yield return match;
            }
        }
        finally
        {
            try
            {
                if (isOpen) await CancelAsync(context, messageId);
            }
            finally
            {
                _turn.Release();
            }
        }
    }

    /// <summary>C-STORE of a file, in its transfer syntax or, if that is native, any native one that the peer accepted.</summary>
    /// <exception cref="DicomFormatException">The data set lacks its SOP class or instance UID.</exception>
    public Task<DimseResponse> StoreAsync(DicomFile file, CancellationToken cancellationToken = default)
    {
        var sopClass = Required(file.Dataset, DicomTags.SOPClassUID);
        var instance = Required(file.Dataset, DicomTags.SOPInstanceUID);
        var context = Context(sopClass, file.TransferSyntax);
        return RequestAsync(
            new RequestCommand(DimseCommand.CStore, sopClass) { SopInstanceUid = instance }, file.Dataset, context,
            cancellationToken);
    }

    /// <summary>C-STORE of a data set that is encoded already, read and sent piece by piece.</summary>
    /// <param name="sopClassUid">Its SOP class.</param>
    /// <param name="sopInstanceUid">Its SOP instance.</param>
    /// <param name="transferSyntax">How <paramref name="data"/> stands; the peer must have accepted it.</param>
    /// <param name="data">The data set without file meta information, to the stream's end.</param>
    /// <param name="cancellationToken">Aborts the association.</param>
    public Task<DimseResponse> StoreAsync(
        string sopClassUid, string sopInstanceUid, TransferSyntax transferSyntax, Stream data,
        CancellationToken cancellationToken = default)
    {
        var context = _association.Contexts.All.FirstOrDefault(
            c => c.AbstractSyntax == sopClassUid && c.TransferSyntax == transferSyntax)
            ?? throw NotAccepted(sopClassUid, transferSyntax);
        var command = new RequestCommand(DimseCommand.CStore, sopClassUid) { SopInstanceUid = sopInstanceUid };
        return RequestEncodedAsync(command, data, context, cancellationToken);
    }

    /// <summary>N-CREATE.</summary>
    /// <param name="sopClassUid">Affected SOP class.</param>
    /// <param name="sopInstanceUid">Affected SOP instance; null lets the peer choose, and answer in
    /// AffectedSopInstanceUid.</param>
    /// <param name="attributes">The attributes; null for none.</param>
    /// <param name="cancellationToken">Aborts the association.</param>
    public Task<DimseResponse> CreateAsync(
        string sopClassUid, string? sopInstanceUid, DicomDataset? attributes, CancellationToken cancellationToken = default) =>
        RequestAsync(
            new RequestCommand(DimseCommand.NCreate, sopClassUid) { SopInstanceUid = sopInstanceUid }, attributes, null,
            cancellationToken);

    /// <summary>N-SET.</summary>
    public Task<DimseResponse> SetAsync(
        string sopClassUid, string sopInstanceUid, DicomDataset modifications, CancellationToken cancellationToken = default) =>
        RequestAsync(
            new RequestCommand(DimseCommand.NSet, sopClassUid) { SopInstanceUid = sopInstanceUid }, modifications, null,
            cancellationToken);

    /// <summary>N-GET.</summary>
    /// <param name="sopClassUid">Requested SOP class.</param>
    /// <param name="sopInstanceUid">Requested SOP instance.</param>
    /// <param name="attributes">The attributes asked for; empty asks for all.</param>
    /// <param name="contextClassUid">The abstract syntax of the context to ask on, where it is another (MPPS Retrieve).</param>
    /// <param name="cancellationToken">Aborts the association.</param>
    public Task<DimseResponse> GetAsync(
        string sopClassUid, string sopInstanceUid, IReadOnlyList<DicomTag> attributes, string? contextClassUid = null,
        CancellationToken cancellationToken = default) =>
        RequestAsync(
            new RequestCommand(DimseCommand.NGet, sopClassUid) { SopInstanceUid = sopInstanceUid, AttributeList = attributes },
            null, Context(contextClassUid ?? sopClassUid), cancellationToken);

    /// <summary>N-ACTION.</summary>
    public Task<DimseResponse> ActionAsync(
        string sopClassUid, string sopInstanceUid, ushort actionTypeId, DicomDataset? information,
        CancellationToken cancellationToken = default) =>
        RequestAsync(
            new RequestCommand(DimseCommand.NAction, sopClassUid)
            {
                SopInstanceUid = sopInstanceUid, ActionTypeId = actionTypeId,
            },
            information, null, cancellationToken);

    /// <summary>N-EVENT-REPORT.</summary>
    public Task<DimseResponse> EventReportAsync(
        string sopClassUid, string sopInstanceUid, ushort eventTypeId, DicomDataset? information,
        CancellationToken cancellationToken = default) =>
        RequestAsync(
            new RequestCommand(DimseCommand.NEventReport, sopClassUid)
            {
                SopInstanceUid = sopInstanceUid, EventTypeId = eventTypeId,
            },
            information, null, cancellationToken);

    /// <summary>N-DELETE.</summary>
    public Task<DimseResponse> DeleteAsync(
        string sopClassUid, string sopInstanceUid, CancellationToken cancellationToken = default) =>
        RequestAsync(
            new RequestCommand(DimseCommand.NDelete, sopClassUid) { SopInstanceUid = sopInstanceUid }, null, null,
            cancellationToken);

    /// <summary>Releases the association and closes the connection.</summary>
    /// <exception cref="DicomNetworkException">The association has ended otherwise, or the peer does not answer.</exception>
    public async Task ReleaseAsync(CancellationToken cancellationToken = default)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await _association.ReleaseAsync(cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Aborts the association and closes the connection.</summary>
    public Task AbortAsync() => _association.AbortAsync();

    /// <summary>Aborts, unless the association was released.</summary>
    public async ValueTask DisposeAsync() => await _association.DisposeAsync();

    private Task<DimseResponse> RequestAsync(
        RequestCommand command, DicomDataset? data, AcceptedContext? context, CancellationToken cancellationToken)
    {
        context ??= Context(command.SopClassUid);
        return RequestEncodedAsync(command, data is null ? null : Encoded(data, context), context, cancellationToken);
    }

    private async Task<DimseResponse> RequestEncodedAsync(
        RequestCommand command, Stream? data, AcceptedContext context, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var messageId = ++_lastMessageId;
            await _association.SendAsync(context, command.ToBytes(messageId, data is not null), data, cancellationToken);
            while (true)
            {
                var message = await _association.NextResponseAsync(messageId, cancellationToken);
                var response = ToResponse(message);
                if (!DimseStatus.IsPending(response.Status)) return response;
            }
        }
        catch (Exception e) when (e is not DimseException and not DicomFormatException)
        {
            // The reply may still come, and would be taken for that of the next request
            await _association.AbortAsync();
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }

    // Reads what is on its way, so that the next request meets its own answers
    private async Task CancelAsync(AcceptedContext context, ushort messageId)
    {
        await _association.SendAsync(context, RequestCommand.Cancel(messageId), null, CancellationToken.None);
        using var limit = _association.ResponseDeadline();
        try
        {
            var isPending = true;
            while (isPending)
            {
                limit.Token.ThrowIfCancellationRequested();
                var message = await _association.NextResponseAsync(messageId, limit.Token);
                isPending = DimseStatus.IsPending(message.Command.Status);
                message.Return();
            }
        }
        catch (OperationCanceledException)
        {
            await _association.AbortAsync(); // the peer goes on as if nothing had been said
        }
    }

    private static DimseResponse ToResponse(IncomingMessage message)
    {
        var command = message.Command;
        // A copy: the data set may keep slices of it
        var data = message.Data.ToArray();
        message.Return();
        return new DimseResponse(command.Status)
        {
            ErrorComment = command.ErrorComment,
            ErrorId = command.ErrorId,
            OffendingElements = command.OffendingElements,
            AttributeList = command.AttributeList,
            AffectedSopInstanceUid = command.SopInstanceUid,
            Data = data,
            Dataset = data.Length > 0 ? DicomDataset.Read(data, message.Context.TransferSyntax) : null,
        };
    }

    private static MemoryStream Encoded(DicomDataset data, AcceptedContext context) => new(data.ToBytes(context.TransferSyntax));

    private AcceptedContext Context(string sopClassUid) =>
        _association.Contexts.All.FirstOrDefault(c => c.AbstractSyntax == sopClassUid) ?? throw NotAccepted(sopClassUid, null);

    private AcceptedContext Context(string sopClassUid, TransferSyntax syntax) =>
        _association.Contexts.All.FirstOrDefault(c => c.AbstractSyntax == sopClassUid && c.TransferSyntax == syntax)
        ?? (syntax.IsEncapsulated
            ? null
            : _association.Contexts.All.FirstOrDefault(c => c.AbstractSyntax == sopClassUid && !c.TransferSyntax.IsEncapsulated))
        ?? throw NotAccepted(sopClassUid, syntax);

    private DicomNetworkException NotAccepted(string sopClassUid, TransferSyntax? syntax) => ClientConnection.Failure(
        _options, NetworkPhase.Associate, "The request",
        $"the peer did not accept SOP class {sopClassUid}{(syntax is null ? "" : $" with transfer syntax {syntax.Uid}")}");

    private static string Required(DicomDataset dataset, DicomTag tag) =>
        dataset.GetString(tag) ?? throw new DicomFormatException($"The data set to store lacks {tag}.");
}
