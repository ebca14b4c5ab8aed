using System.Collections.Concurrent;
using System.Net;
using Gantry.Dicom;
using Gantry.Dicom.Network;
using Gantry.Sidecar.Cli;

namespace Gantry.Sidecar.Tests.Cli;

/// <summary>An archive in memory that can refuse images, or have a bad memory.</summary>
internal sealed class FakeArchive : IAsyncDisposable
{
    private readonly DicomListener _listener;

    private FakeArchive(bool answersQueries, int takes, IAssociationPolicy? policy)
    {
        var services = new List<SopClassService> { new VerificationService(), new Storage(this, takes) };
        if (answersQueries) services.Add(new Query(this));
        _listener = new DicomListener(new() { EndPoints = [new(IPAddress.Loopback, 0)] }, services, policy);
    }

    /// <summary>What it has taken.</summary>
    public ConcurrentQueue<DicomDataset> Images { get; } = [];

    public string Port => _listener.BoundEndPoints[0].Port.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Starts one.</summary>
    /// <param name="answersQueries">Whether it accepts study root queries.</param>
    /// <param name="takes">How many images it takes before it says that it is full.</param>
    /// <param name="policy">Whom it lets in.</param>
    public static async Task<FakeArchive> StartAsync(
        bool answersQueries = false, int takes = int.MaxValue, IAssociationPolicy? policy = null)
    {
        var archive = new FakeArchive(answersQueries, takes, policy);
        await archive._listener.StartAsync(CancellationToken.None);
        return archive;
    }

    public ValueTask DisposeAsync() => _listener.DisposeAsync();

    private sealed class Storage(FakeArchive archive, int takes) : SopClassService
    {
        public override IReadOnlyList<string> SopClassUids => ImageSender.SopClasses;

        public override ValueTask<DimseResponse> StoreAsync(DimseRequest request, CancellationToken cancellationToken)
        {
            if (archive.Images.Count >= takes)
                return new(new DimseResponse(DimseStatus.OutOfResources) { ErrorComment = "The disk is full" });
            var copy = DicomDataset.Read(request.Data.ToArray(), request.TransferSyntax);
            archive.Images.Enqueue(copy);
            return new(DimseResponse.Success);
        }
    }

    private sealed class Query(FakeArchive archive) : SopClassService
    {
        public override IReadOnlyList<string> SopClassUids => [ArrivalCheck.StudyRootFind];

        public override ValueTask<DimseResponse> FindAsync(
            DimseRequest request, FindResponses responses, CancellationToken cancellationToken)
        {
            var wanted = request.ReadDataset().GetString(DicomTags.SOPInstanceUID);
            foreach (var image in archive.Images.Where(image => image.GetString(DicomTags.SOPInstanceUID) == wanted))
            {
                new DicomDataset().Set(DicomTags.SOPInstanceUID, wanted!).Write(responses, request.TransferSyntax);
                responses.Commit(DimseStatus.Pending);
            }
            return new(DimseResponse.Success);
        }
    }
}
