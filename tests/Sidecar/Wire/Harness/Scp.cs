using System.Net;
using Gantry.Dicom;
using Gantry.Dicom.Network;
using Gantry.EmrSync.Names;
using Gantry.Sidecar.Mpps;
using Gantry.Sidecar.Mwl;
using Gantry.Sidecar.Peers;
using Gantry.Sidecar.Settings;
using Gantry.Worklist;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gantry.Sidecar.Tests.Wire;

/// <summary>
/// The real worklist and MPPS services behind a real listener, on a free port, with a store of their own, in the time zone
/// of the test. It is always 09:00 UTC on Monday, 5 January 2026.
/// </summary>
internal sealed class Scp : IAsyncDisposable
{
    private readonly WorklistStoreOptions _place;
    private readonly string? _folder;
    private readonly SidecarSettings _settings;
    private readonly SiteTime _clock;
    private readonly StationDirectory _stations;
    private readonly PatientNames _names;
    private DicomListener _listener = null!;

    private Scp(SidecarSettings settings, WorklistStoreOptions? place, string zone)
    {
        _settings = settings;
        _clock = new SiteTime(new StandingClock(), TimeZoneInfo.FindSystemTimeZoneById(zone));
        _stations = new StationDirectory(settings.ModalityAeTitles);
        _names = new PatientNames(settings.EmrSync.Names);
        if (place is null) _folder = Directory.CreateTempSubdirectory("gantry-wire-").FullName;
        _place = place ?? new WorklistStoreOptions { SqlitePath = Path.Combine(_folder!, "worklist.db") };
    }

    public IWorklistStore Store { get; private set; } = null!;

    /// <summary>What the store of the MPPS service throws, by the name of the operation; null for nothing.</summary>
    public Func<string, WorklistStoreFailure?> Fault { get; set; } = static _ => null;

    public string DatabasePath => _place.SqlitePath!;

    /// <summary>What queries noted about rows that they could not serve.</summary>
    public SetAsideNotes Notes { get; } = new();

    public WorklistInspection Inspection =>
        new(Store, Notes, _stations, _names, new PeerDirectory(_settings), _clock, NullLogger<WorklistInspection>.Instance);

    public IPEndPoint EndPoint => _listener.BoundEndPoints[0];

    /// <summary>Starts one that serves every caller in the way of one entry of the setting Peers.</summary>
    public static Task<Scp> StartAsync(PeerOptions? peer = null, string zone = "UTC", WorklistStoreOptions? place = null) =>
        StartAsync(new SidecarSettings { Peers = peer is null ? [] : [peer] }, zone, place);

    public static async Task<Scp> StartAsync(SidecarSettings settings, string zone = "UTC", WorklistStoreOptions? place = null)
    {
        var scp = new Scp(settings, place, zone);
        await scp.OpenAsync();
        return scp;
    }

    /// <summary>Stops everything and starts it again on the same store, as after a restart of the machine.</summary>
    public async Task RestartAsync()
    {
        await CloseAsync();
        await OpenAsync();
    }

    /// <summary>A client of ours, with both transfer syntaxes proposed.</summary>
    public Task<DicomClient> ConnectAsync(string callingAeTitle = "MODALITY", int maximumPduLength = 131072) =>
        DicomClient.ConnectAsync(new DicomClientOptions
        {
            Host = EndPoint.Address.ToString(),
            Port = EndPoint.Port,
            CallingAeTitle = callingAeTitle,
            MaximumPduLength = maximumPduLength,
            Contexts = [new(RawScu.Verification), new(RawScu.Worklist), new(RawScu.Mpps), new(RawScu.MppsRetrieve)],
        });

    /// <summary>A client by hand, with one context for the worklist.</summary>
    public Task<RawScu> ConnectRawAsync(TransferSyntax? syntax = null, params IReadOnlyList<string> sopClasses) =>
        RawScu.ConnectAsync(EndPoint, syntax ?? TransferSyntax.ExplicitVrLittleEndian,
            sopClasses.Count > 0 ? sopClasses : [RawScu.Worklist]);

    /// <summary>One C-FIND on an association of its own, with every status seen.</summary>
    public async Task<RawFind> FindAsync(DicomDataset identifier, TransferSyntax? syntax = null, string callingAeTitle = "MODALITY")
    {
        await using var scu = await RawScu.ConnectAsync(EndPoint,
            [new PresentationContext(1, RawScu.Worklist, [(syntax ?? TransferSyntax.ExplicitVrLittleEndian).Uid])], callingAeTitle);
        var found = await scu.FindAsync(identifier);
        await scu.ReleaseAsync();
        return found;
    }

    /// <summary>The accession numbers that a query finds, with Accession Number asked for; the query must succeed.</summary>
    public async Task<IReadOnlyList<string?>> AccessionsAsync(DicomDataset identifier, string callingAeTitle = "MODALITY")
    {
        if (!identifier.Contains(DicomTags.AccessionNumber)) identifier.Set(DicomTags.AccessionNumber);
        var found = await FindAsync(identifier, callingAeTitle: callingAeTitle);
        found.Succeeded();
        return found.Accessions;
    }

    public async Task AddAsync(params IReadOnlyList<WorklistItem> orders)
    {
        Assert.All(await Store.AddAsync(orders, default), outcome => Assert.Equal(AddResult.Created, outcome.Result));
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        if (_folder is not null) Directory.Delete(_folder, recursive: true);
    }

    private async Task OpenAsync()
    {
        Store = await WorklistStores.OpenAsync(_place, NullLoggerFactory.Instance, _clock, default);
        _listener = new DicomListener(
            new DicomListenerOptions { EndPoints = [new(IPAddress.Loopback, 0)] },
            [
                new VerificationService(),
                new ModalityWorklistService(Store, new IdentifierReader(_stations, _clock), _stations, _names, _clock, Notes, new StoredOrders(),
                    NullLogger<ModalityWorklistService>.Instance),
                new PerformedStepService(FailingStore.Around(Store, operation => Fault(operation)), NullLogger<PerformedStepService>.Instance, new(TimeProvider.System)),
            ],
            new PeersOnly(new PeerDirectory(_settings)), null, TimeProvider.System);
        await _listener.StartAsync(default);
    }

    private async Task CloseAsync()
    {
        await _listener.DisposeAsync();
        await Store.DisposeAsync();
    }

    private sealed class PeersOnly(PeerDirectory peers) : IAssociationPolicy
    {
        public AssociationDecision Decide(AssociationProposal proposal) => AssociationDecision.Accept(peers.Resolve(
            proposal.Parameters.CallingAeTitle, proposal.Parameters.CalledAeTitle, proposal.RemoteEndPoint.Address));
    }

    private sealed class StandingClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);
    }
}
