using Gantry.Dicom;
using Gantry.Dicom.Network;
using Gantry.EmrSync.Names;
using Gantry.Sidecar.Peers;
using Gantry.Worklist;

namespace Gantry.Sidecar.Mwl;

/// <summary>
/// The Modality Worklist SCP (PS3.4 Annex K). Each query reads the store afresh; rows go from the store's bytes to the send
/// buffer as they are read, so that the length of a worklist costs no memory.
/// </summary>
internal sealed class ModalityWorklistService(
    IWorklistStore store, IdentifierReader identifiers, StationDirectory stations, PatientNames names, TimeProvider clock, SetAsideNotes setAside,
    IFreshOrders orders, ILogger<ModalityWorklistService> logger) : SopClassService
{
    // Rows passed over before the thread goes to others for a moment; to look at so many takes about a millisecond
    private const int RowsPerTurn = 512;

    public override IReadOnlyList<string> SopClassUids { get; } = ["1.2.840.10008.5.1.4.31"];

    public override async ValueTask<DimseResponse> FindAsync(
        DimseRequest request, FindResponses responses, CancellationToken cancellationToken)
    {
        var peer = request.Association.PeerTag as Peer ?? Peer.Default;
        var query = Read(request, peer);
        if (query.Criteria.Statuses.Count == 0) return DimseResponse.Success; // the key names statuses that are not listed
        var writer = new AnswerWriter(AnswerPlan.Make(query, request.TransferSyntax), peer, request.TransferSyntax.IsExplicitVr,
            query.WantsCharacterSet, stations, names, clock.LocalTimeZone);
        await orders.FreshenAsync(peer, query.Criteria.Statuses, cancellationToken);
        try
        {
            await using var rows = await store.QueryAsync(query.Criteria, cancellationToken);
            return await AnswerAsync(rows, query, peer, writer, responses, cancellationToken);
        }
        catch (WorklistStoreException failure)
        {
            Log.WorklistUnreadable(
                request.Association.LogWithin(logger, LogLevel.Error), failure, request.Association.Id, request.Association.CallingAeTitle);
            throw new DimseException(DimseStatus.OutOfResources, "The worklist store cannot be read now; try again");
        }
    }

    private async ValueTask<DimseResponse> AnswerAsync(
        IWorklistCursor rows, WorklistQuery query, Peer peer, AnswerWriter writer, FindResponses responses, CancellationToken cancellationToken)
    {
        var status = query.HasUnsupportedKeys ? DimseStatus.PendingWithWarnings : DimseStatus.Pending;
        var passedOver = 0;
        while (await rows.ReadAsync(cancellationToken))
        {
            if (!Matches(rows, query.Keys))
            {
                // A search that finds nothing would never flush, and a flush is what lets a C-CANCEL be seen
                if (++passedOver % RowsPerTurn > 0) continue;
                await Task.Yield();
                if (responses.IsCancelled) return new DimseResponse(DimseStatus.Cancel);
                continue;
            }

            if (responses.Count >= peer.MaximumAnswers) return Cut(peer.MaximumAnswers.Value);
            if (writer.Write(rows, responses) is { } fault)
            {
                responses.Discard();
                setAside.Note(rows[WorklistColumn.AccessionNumber], fault);
                continue;
            }

            responses.Commit(status);
            await responses.FlushIfFullAsync(cancellationToken);
            if (responses.IsCancelled) return new DimseResponse(DimseStatus.Cancel);
        }

        return DimseResponse.Success;
    }

    private static bool Matches(IWorklistCursor row, IReadOnlyList<RowKey> keys)
    {
        for (var i = 0; i < keys.Count; i++)
            if (!keys[i].Matches(row)) return false;
        return true;
    }

    private static DimseResponse Cut(int maximum) => new(DimseStatus.OutOfResources)
    {
        ErrorComment = $"More steps match; only the first {maximum} are listed",
    };

    private WorklistQuery Read(DimseRequest request, Peer peer)
    {
        if (!request.HasData)
        {
            throw new DimseException(DimseStatus.DataSetDoesNotMatchSopClass, "The C-FIND request has no identifier");
        }

        try
        {
            var identifier = PeerDataset.Read(request, peer);
            var query = identifiers.Read(identifier.Dataset, peer, request.Association.CallingAeTitle);
            return identifier.IsAsSent ? query : query with { WantsCharacterSet = false };
        }
        catch (DicomFormatException failure)
        {
            throw new DimseException(DimseStatus.UnableToProcess, $"Identifier cannot be read: {failure.Message}");
        }
        catch (IdentifierException failure)
        {
            throw new DimseException(DimseStatus.DataSetDoesNotMatchSopClass, failure.Message, failure.Offending);
        }
    }
}
