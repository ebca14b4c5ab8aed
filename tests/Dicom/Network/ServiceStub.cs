using Gantry.Dicom.Network;

namespace Gantry.Dicom.Tests.Network;

/// <summary>A service whose answers a test writes down.</summary>
internal sealed class ServiceStub(params string[] sopClassUids) : SopClassService
{
    public const string Worklist = "1.2.840.10008.5.1.4.31", Mpps = "1.2.840.10008.3.1.2.3.3";
    public const string CtImage = "1.2.840.10008.5.1.4.1.1.2";

    public Func<DimseRequest, FindResponses, CancellationToken, ValueTask<DimseResponse>>? Find { get; init; }

    public Func<DimseRequest, CancellationToken, ValueTask<DimseResponse>>? Any { get; init; }

    public Func<DimseRequest, DimseResponse?>? BeforeData { get; init; }

    public override IReadOnlyList<string> SopClassUids => sopClassUids;

    public override DimseResponse? RefuseBeforeData(DimseRequest request) => BeforeData?.Invoke(request);

    public override ValueTask<DimseResponse> FindAsync(
        DimseRequest request, FindResponses responses, CancellationToken cancellationToken) =>
        Find?.Invoke(request, responses, cancellationToken) ?? base.FindAsync(request, responses, cancellationToken);

    public override ValueTask<DimseResponse> StoreAsync(DimseRequest request, CancellationToken cancellationToken) =>
        Answer(request, cancellationToken);

    public override ValueTask<DimseResponse> CreateAsync(DimseRequest request, CancellationToken cancellationToken) =>
        Answer(request, cancellationToken);

    public override ValueTask<DimseResponse> SetAsync(DimseRequest request, CancellationToken cancellationToken) =>
        Answer(request, cancellationToken);

    public override ValueTask<DimseResponse> GetAsync(DimseRequest request, CancellationToken cancellationToken) =>
        Answer(request, cancellationToken);

    public override ValueTask<DimseResponse> ActionAsync(DimseRequest request, CancellationToken cancellationToken) =>
        Answer(request, cancellationToken);

    public override ValueTask<DimseResponse> DeleteAsync(DimseRequest request, CancellationToken cancellationToken) =>
        Answer(request, cancellationToken);

    public override ValueTask<DimseResponse> EventReportAsync(DimseRequest request, CancellationToken cancellationToken) =>
        Answer(request, cancellationToken);

    private ValueTask<DimseResponse> Answer(DimseRequest request, CancellationToken cancellationToken) =>
        Any?.Invoke(request, cancellationToken) ?? base.DeleteAsync(request, cancellationToken);

    /// <summary>The command set of an N-DELETE: the shortest request that <see cref="Any"/> answers.</summary>
    public static byte[] Delete(ushort messageId) =>
        new RequestCommand(DimseCommand.NDelete, Mpps) { SopInstanceUid = "1.2" }.ToBytes(messageId, hasData: false);

    /// <summary>A worklist of so many answers of so many bytes each, streamed as a real one would.</summary>
    public static ServiceStub WorklistOf(int answers, int bytes) => new(Worklist)
    {
        Find = async (_, responses, token) =>
        {
            for (var i = 0; i < answers; i++)
            {
                if (responses.IsCancelled) return new DimseResponse(DimseStatus.Cancel);
                responses.GetSpan(bytes)[..bytes].Fill((byte)i);
                responses.Advance(bytes);
                responses.Commit();
                await responses.FlushIfFullAsync(token);
            }
            return DimseResponse.Success;
        },
    };
}
