using Gantry.Dicom;
using Gantry.Dicom.Network;
using Gantry.Sidecar.Health;
using Gantry.Sidecar.Peers;
using Gantry.Worklist;

namespace Gantry.Sidecar.Mpps;

/// <summary>
/// The Modality Performed Procedure Step SCP (PS3.4 F.7), and Retrieve (F.8). A success goes back only after the store has
/// the change on disk.
/// </summary>
internal sealed class PerformedStepService(IWorklistStore store, ILogger<PerformedStepService> logger, StoreWatch watch) : SopClassService
{
    private const string StepClass = "1.2.840.10008.3.1.2.3.3";
    private const string RetrieveClass = "1.2.840.10008.3.1.2.3.4";

    private const ushort NoLongerUpdatable = 0xA710; // PS3.4 Table F.7.2-2

    public override IReadOnlyList<string> SopClassUids { get; } = [StepClass, RetrieveClass];

    public override async ValueTask<DimseResponse> CreateAsync(DimseRequest request, CancellationToken cancellationToken)
    {
        var peer = Authorize(request);
        CheckClass(request);
        if (request.SopInstanceUid is { } given && !DicomUid.IsValid(given)) throw InvalidInstance();
        var uid = request.SopInstanceUid ?? DicomUid.New(); // PS3.7 10.1.5.1.4: the SCP may assign it
        var step = StepCreation.Read(request, Read(request, peer), uid, peer);
        var outcome = await StoreAsync(request, () => store.CreateStepAsync(step, cancellationToken));
        switch (outcome)
        {
            case CreateStepOutcome.Created created:
                if (created.Orders.Count == 0) Log.StepUnscheduled(Lines(request, LogLevel.Warning), request.Association.CallingAeTitle, uid);
                else Log.StepCreated(Lines(request), request.Association.CallingAeTitle, uid, string.Join(", ", created.Orders));
                break;
            case CreateStepOutcome.Duplicate duplicate when peer.MppsProfile == MppsProfile.Lenient && IsRepeated(step, duplicate.Existing):
                // The answer to the first one was lost on its way; the modality must be able to go on
                Log.StepRepeated(Lines(request), request.Association.CallingAeTitle, uid);
                break;
            default:
                throw new DimseException(DimseStatus.DuplicateSopInstance, "A step with this SOP Instance UID exists");
        }

        return request.SopInstanceUid is null ? new DimseResponse(DimseStatus.Success) { AffectedSopInstanceUid = uid } : DimseResponse.Success;
    }

    public override async ValueTask<DimseResponse> SetAsync(DimseRequest request, CancellationToken cancellationToken)
    {
        var peer = Authorize(request);
        CheckClass(request);
        var uid = RequireInstance(request);
        var update = new StepUpdate(Read(request, peer).Dataset, peer);
        var outcome = await StoreAsync(request, () => store.ChangeStepAsync(uid, update.Apply, cancellationToken));
        if (outcome is not ChangeStepOutcome.Changed changed) throw Refusal((ChangeStepOutcome.Refused)outcome);
        Log.StepChanged(Lines(request), request.Association.CallingAeTitle, uid, changed.Step.Status.ToText());
        return update.Ignored.Count == 0 ? DimseResponse.Success : new DimseResponse(DimseStatus.AttributeListError)
        {
            ErrorComment = $"Not set: {StepObjects.Names(update.Ignored)}",
            AttributeList = update.Ignored,
        };
    }

    public override async ValueTask<DimseResponse> GetAsync(DimseRequest request, CancellationToken cancellationToken)
    {
        Authorize(request);
        if (request.SopClassUid is not (StepClass or RetrieveClass)) throw WrongClass();
        var uid = RequireInstance(request);
        var step = await ReadStepAsync(request, uid, cancellationToken)
            ?? throw new DimseException(DimseStatus.NoSuchSopInstance, "There is no such step");
        var dataset = StepObjects.Read(step.Dataset);
        if (request.AttributeIdentifierList.Count == 0)
        {
            return new DimseResponse(DimseStatus.Success) { Data = dataset.ToBytes(request.TransferSyntax) };
        }

        var asked = request.AttributeIdentifierList.ToHashSet();
        DicomTag[] unknown = [.. asked.Where(tag => !dataset.Contains(tag))];
        foreach (var tag in dataset.Select(element => element.Tag).ToArray())
            if (!asked.Contains(tag) && tag != DicomTags.SpecificCharacterSet) dataset.Remove(tag);
        return new DimseResponse(unknown.Length == 0 ? DimseStatus.Success : DimseStatus.AttributeListError)
        {
            Data = dataset.ToBytes(request.TransferSyntax),
            AttributeList = unknown,
        };
    }

    private static Peer Authorize(DimseRequest request)
    {
        var peer = request.Association.PeerTag as Peer ?? Peer.Default;
        return peer.AllowsMpps ? peer : throw new DimseException(
            DimseStatus.NotAuthorized, $"{request.Association.CallingAeTitle} may not use MPPS here");
    }

    private static void CheckClass(DimseRequest request)
    {
        if (request.SopClassUid != StepClass || request.AbstractSyntax != StepClass) throw WrongClass();
    }

    private static string RequireInstance(DimseRequest request) =>
        request.SopInstanceUid is { } uid && DicomUid.IsValid(uid) ? uid : throw InvalidInstance();

    private static PeerDataset Read(DimseRequest request, Peer peer)
    {
        try
        {
            return PeerDataset.Read(request, peer);
        }
        catch (DicomFormatException failure)
        {
            throw new DimseException(DimseStatus.ProcessingFailure, $"The data set cannot be read: {failure.Message}");
        }
    }

    private async Task<T> StoreAsync<T>(DimseRequest request, Func<Task<T>> operation)
    {
        try
        {
            var outcome = await operation();
            watch.Stored();
            return outcome;
        }
        catch (WorklistStoreException failure)
        {
            if (failure.Failure != WorklistStoreFailure.InvalidValue)
                watch.Refused(failure.Message);
            Log.StepNotStored(Lines(request, LogLevel.Error), failure, request.Association.CallingAeTitle, request.SopInstanceUid ?? "");
            // Sent again, the same value would be refused again
            throw failure.Failure == WorklistStoreFailure.InvalidValue
                ? new DimseException(DimseStatus.InvalidAttributeValue, "The step has a value that the store cannot hold")
                : new DimseException(DimseStatus.ProcessingFailure, "The step cannot be stored now; send it again");
        }
    }

    private async Task<PerformedStep?> ReadStepAsync(DimseRequest request, string uid, CancellationToken cancellationToken)
    {
        try
        {
            return await store.GetStepAsync(uid, cancellationToken);
        }
        catch (WorklistStoreException failure)
        {
            Log.StepNotRead(Lines(request, LogLevel.Error), failure, request.Association.CallingAeTitle, uid);
            throw new DimseException(DimseStatus.ProcessingFailure, "The step cannot be read now; ask again");
        }
    }

    private ILogger Lines(DimseRequest request, LogLevel level = LogLevel.Information) => request.Association.LogWithin(logger, level);

    private static bool IsRepeated(NewPerformedStep sent, PerformedStep held) =>
        held.Status == StepStatus.InProgress && StepObjects.AreEqual(held.Dataset, sent.Dataset);

    private static DimseException Refusal(ChangeStepOutcome.Refused refused) => refused.Reason switch
    {
        StepRefusal.NotFound => new DimseException(DimseStatus.NoSuchSopInstance, "There is no such step"),
        StepRefusal.NoLongerUpdatable => new DimseException(new DimseResponse(DimseStatus.ProcessingFailure)
        {
            ErrorComment = "Performed Procedure Step Object may no longer be updated",
            ErrorId = NoLongerUpdatable,
        }),
        StepRefusal.InvalidStatus or StepRefusal.EmptyStatus or StepRefusal.MissingStatus => new DimseException(
            new DimseResponse(refused.Reason == StepRefusal.InvalidStatus
                ? DimseStatus.InvalidAttributeValue : DimseStatus.MissingAttributeValue)
            {
                ErrorComment = "The status is IN PROGRESS, COMPLETED or DISCONTINUED",
                AttributeList = [DicomTags.PerformedProcedureStepStatus],
                OffendingElements = [DicomTags.PerformedProcedureStepStatus],
            }),
        StepRefusal.AlreadyExists => new DimseException(DimseStatus.DuplicateSopInstance, "The step exists"),
    };

    private static DimseException WrongClass() =>
        new(DimseStatus.ClassInstanceConflict, "The SOP class is not that of a performed procedure step");

    private static DimseException InvalidInstance() =>
        new(DimseStatus.InvalidSopInstance, "The SOP Instance UID is missing or not a UID");
}
