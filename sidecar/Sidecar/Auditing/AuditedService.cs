using Gantry.Audit;
using Gantry.Dicom;
using Gantry.Dicom.Network;
using Gantry.Worklist;

namespace Gantry.Sidecar.Auditing;

/// <summary>A DICOM service of which each worklist query and each MPPS message is told to the audit trail.</summary>
internal sealed class AuditedService(SopClassService inner, Auditor auditor, IWorklistStore store) : SopClassService
{
    public override IReadOnlyList<string> SopClassUids => inner.SopClassUids;

    public override IReadOnlyList<TransferSyntax> TransferSyntaxes => inner.TransferSyntaxes;

    public override ReadOnlyMemory<byte>? AnswerExtendedNegotiation(ExtendedNegotiation proposed) => inner.AnswerExtendedNegotiation(proposed);

    public override DimseResponse? RefuseBeforeData(DimseRequest request) => inner.RefuseBeforeData(request);

    public override ValueTask<DimseResponse> EchoAsync(DimseRequest request, CancellationToken cancellationToken) => inner.EchoAsync(request, cancellationToken);

    public override ValueTask<DimseResponse> StoreAsync(DimseRequest request, CancellationToken cancellationToken) => inner.StoreAsync(request, cancellationToken);

    public override ValueTask<DimseResponse> MoveAsync(DimseRequest request, CancellationToken cancellationToken) => inner.MoveAsync(request, cancellationToken);

    public override ValueTask<DimseResponse> RetrieveAsync(DimseRequest request, CancellationToken cancellationToken) => inner.RetrieveAsync(request, cancellationToken);

    public override ValueTask<DimseResponse> EventReportAsync(DimseRequest request, CancellationToken cancellationToken) => inner.EventReportAsync(request, cancellationToken);

    public override ValueTask<DimseResponse> ActionAsync(DimseRequest request, CancellationToken cancellationToken) => inner.ActionAsync(request, cancellationToken);

    public override ValueTask<DimseResponse> DeleteAsync(DimseRequest request, CancellationToken cancellationToken) => inner.DeleteAsync(request, cancellationToken);

    public override async ValueTask<DimseResponse> FindAsync(DimseRequest request, FindResponses responses, CancellationToken cancellationToken)
    {
        // Its buffer is used again for the next request
        var identifier = request.Data.ToArray();
        try
        {
            var response = await inner.FindAsync(request, responses, cancellationToken);
            Record(response.IsSuccess || response.Status == DimseStatus.Cancel ? null : $"Answered with status 0x{response.Status:X4}");
            return response;
        }
        catch (DimseException refusal)
        {
            Record(refusal.Message);
            throw;
        }

        void Record(string? failure) => auditor.Record(events => events.Query(
            Actors.Of(request.Association), request.SopClassUid, identifier, request.TransferSyntax.Uid, responses.Count, failure));
    }

    public override async ValueTask<DimseResponse> CreateAsync(DimseRequest request, CancellationToken cancellationToken)
    {
        var response = await inner.CreateAsync(request, cancellationToken);
        await RecordStepAsync(request, request.SopInstanceUid ?? response.AffectedSopInstanceUid, AuditAction.Create, cancellationToken);
        return response;
    }

    public override async ValueTask<DimseResponse> SetAsync(DimseRequest request, CancellationToken cancellationToken)
    {
        var response = await inner.SetAsync(request, cancellationToken);
        await RecordStepAsync(request, request.SopInstanceUid, AuditAction.Update, cancellationToken);
        return response;
    }

    public override async ValueTask<DimseResponse> GetAsync(DimseRequest request, CancellationToken cancellationToken)
    {
        var response = await inner.GetAsync(request, cancellationToken);
        await RecordStepAsync(request, request.SopInstanceUid, AuditAction.Read, cancellationToken);
        return response;
    }

    /// <summary>The step as the store has it: what the message changed need not name the patient.</summary>
    private async Task RecordStepAsync(DimseRequest request, string? uid, AuditAction action, CancellationToken cancellationToken)
    {
        try
        {
            if (uid is not null && await store.GetStepAsync(uid, cancellationToken) is { } step)
            {
                auditor.Record(events => events.Procedure(
                    Actors.Of(request.Association), action, new(step.PatientId ?? "", step.PatientName), step.StudyInstanceUid, uid, step.AccessionNumber));
            }
        }
        catch (WorklistStoreException)
        {
            // The change is on disk and must be answered; the trail gets what is known
            auditor.Record(events => events.Procedure(Actors.Of(request.Association), action, new(""), null, uid, null));
        }
    }
}
