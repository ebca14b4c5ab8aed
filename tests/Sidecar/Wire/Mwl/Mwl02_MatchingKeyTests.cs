using Gantry.Dicom;
using Gantry.Sidecar.Settings;
using Gantry.Worklist;
using Gantry.Worklist.Tests.Engines;

namespace Gantry.Sidecar.Tests.Wire.Mwl;

/// <summary>Six orders that differ in every key; only read.</summary>
public class SixOrders : IAsyncLifetime
{
    internal Scp Scp { get; private set; } = null!;

    public virtual Task InitializeAsync() => InitializeAsync(null);

    private protected async Task InitializeAsync(WorklistStoreOptions? place)
    {
        Scp = await Scp.StartAsync(new SidecarSettings
        {
            ModalityAeTitles = new Dictionary<string, string> { ["US"] = "XC70" },
            Peers = [new PeerOptions { ListedStatuses = ["SCHEDULED", "IN_PROGRESS"] }],
        }, place: place);
        await Scp.AddAsync(
            Order("A1", "SMITH^JANE", "P1", "CT", "CT1", "20260105", "090000", "HOUSE^GREGORY") with { Status = OrderStatus.Scheduled },
            Order("A2", "SMITHERS^WAYLON", "P2", "MR", "MR1", "20260105", "133000", "WILSON^JAMES"),
            Order("A3", "Müller^Änne", "P3", "MR", "MR2", "20260106", "080000", null),
            Order("A4", "홍^길동", "P4", "MG", "MG1", "20260107", "235900", "HOUSE^GREGORY") with { Status = OrderStatus.InProgress },
            Order("A5", "SMITH^JOHN", "P5", "US", null, "20260108", "101500", "O'HARA^SCARLETT"),
            Order("A6", "JONES^MARY", "P6", "CT", "CT2", null, null, null));
    }

    public virtual async Task DisposeAsync() => await Scp.DisposeAsync();

    private static WorklistItem Order(
        string accession, string name, string patient, string modality, string? station, string? date, string? time, string? physician) => new()
        {
            AccessionNumber = accession,
            PatientId = patient,
            PatientName = name,
            PatientBirthDate = "1965031" + accession[1],
            PatientSex = accession is "A2" or "A5" ? "M" : "F",
            Modality = modality,
            ScheduledStationAet = station,
            ScheduledDate = date,
            ScheduledTime = time,
            ScheduledPhysician = physician,
            RequestedProcedureId = "RP-" + accession,
            ScheduledStepId = "SPS-" + accession,
            StudyInstanceUid = "1.2.3." + accession[1],
            StepDescription = "Step of " + accession,
        };
}

/// <summary>The same on PostgreSQL.</summary>
public sealed class SixOrdersOnPostgres : SixOrders
{
    private PrivatePostgres? _server;

    public override async Task InitializeAsync()
    {
        _server = await PrivatePostgres.StartAsync();
        await InitializeAsync(new WorklistStoreOptions { Postgres = _server.ConnectionString });
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await _server!.DisposeAsync();
    }
}

/// <summary>Point 2 with the worklist in SQLite.</summary>
public sealed class Mwl02_MatchingKeyTests(SixOrders orders) : Mwl02_MatchingKeys(orders), IClassFixture<SixOrders>;

/// <summary>Point 2 with the worklist in PostgreSQL.</summary>
public sealed class Mwl02_MatchingKeyOnPostgresTests(SixOrdersOnPostgres orders) : Mwl02_MatchingKeys(orders), IClassFixture<SixOrdersOnPostgres>;

/// <summary>Point 2: matching keys, required and additional (PS3.4 Table K.6-1).</summary>
public abstract class Mwl02_MatchingKeys(SixOrders orders)
{
    [Theory]
    [InlineData("ScheduledStationAETitle", "CT1", "A1")]
    [InlineData("ScheduledStationAETitle", "CT1 ", "A1")]
    [InlineData("ScheduledStationAETitle", "XC70", "A5")]           // the station set for its modality
    [InlineData("ScheduledStationAETitle", "CT1\\MR1", "A1 A2")]
    [InlineData("ScheduledStationAETitle", "MR*", "A2 A3")]
    [InlineData("ScheduledStationAETitle", "ct1", "")]              // AE titles are case-sensitive
    [InlineData("ScheduledStationAETitle", "NOBODY", "")]
    [InlineData("Modality", "CT", "A6 A1")]
    [InlineData("Modality", "CT\\MR", "A6 A1 A2 A3")]
    [InlineData("Modality", "CT\\CT", "A6 A1")]
    [InlineData("Modality", "M?", "A2 A3 A4")]
    [InlineData("Modality", "M*", "A2 A3 A4")]
    [InlineData("Modality", "ct", "A6 A1")]                         // lower case, met in the field
    [InlineData("Modality", "XA", "")]
    [InlineData("ScheduledProcedureStepStartDate", "20260105", "A1 A2")]
    [InlineData("ScheduledProcedureStepStartDate", "20260105-20260106", "A1 A2 A3")]
    [InlineData("ScheduledProcedureStepStartDate", "20260107-", "A4 A5")]
    [InlineData("ScheduledProcedureStepStartDate", "-20260105", "A1 A2")]
    [InlineData("ScheduledProcedureStepStartDate", "20270101", "")]
    [InlineData("ScheduledProcedureStepStartTime", "0900", "A1")]
    [InlineData("ScheduledProcedureStepStartTime", "0800-1100", "A1 A3 A5")]
    [InlineData("ScheduledProcedureStepStartTime", "1200-", "A2 A4")]
    [InlineData("ScheduledProcedureStepStartTime", "-0830", "A3")]
    [InlineData("ScheduledPerformingPhysicianName", "HOUSE^GREGORY", "A1 A4")]
    [InlineData("ScheduledPerformingPhysicianName", "house*", "A1 A4")]
    [InlineData("ScheduledPerformingPhysicianName", "*JAMES", "A2")]
    [InlineData("ScheduledPerformingPhysicianName", "*'H*", "A5")]
    [InlineData("ScheduledProcedureStepID", "SPS-A3", "A3")]
    [InlineData("ScheduledProcedureStepID", "SPS-A3\\SPS-A4", "A3 A4")]
    [InlineData("ScheduledProcedureStepID", "SPS-?2", "A2")]
    [InlineData("ScheduledProcedureStepStatus", "SCHEDULED", "A6 A1 A2 A3 A5")]
    [InlineData("ScheduledProcedureStepStatus", "STARTED", "A4")]
    [InlineData("ScheduledProcedureStepStatus", "SCHEDULED\\STARTED", "A6 A1 A2 A3 A4 A5")]
    [InlineData("ScheduledProcedureStepStatus", "ARRIVED", "")]
    [InlineData("ScheduledProcedureStepStatus", "COMPLETED", "")]  // not among the peer's statuses
    [InlineData("ScheduledProcedureStepDescription", "Step of A2", "A2")]
    [InlineData("ScheduledProcedureStepDescription", "Step*", "A6 A1 A2 A3 A4 A5")]
    public async Task A_key_in_the_scheduled_procedure_step_finds(string keyword, string key, string found) =>
        await FindsAsync(Orders.AskStep((Tag(keyword), key)), found);

    [Theory]
    [InlineData("PatientName", "SMITH^JANE", "A1")]
    [InlineData("PatientName", "smith^jane", "A1")]
    [InlineData("PatientName", "SMITH^JANE^^^", "A1")]
    [InlineData("PatientName", "SMITH*", "A1 A2 A5")]
    [InlineData("PatientName", "SMITH^*", "A1 A5")]
    [InlineData("PatientName", "SMITH^J?NE", "A1")]
    [InlineData("PatientName", "*^MARY", "A6")]
    [InlineData("PatientName", "JONES^MARY^*", "A6")]               // components at the end that are not there are empty
    [InlineData("PatientName", "JONES^*^*^*", "A6")]
    [InlineData("PatientName", "SMITH", "")]
    [InlineData("PatientID", "P2", "A2")]
    [InlineData("PatientID", "P2 ", "A2")]
    [InlineData("PatientID", "P?", "A6 A1 A2 A3 A4 A5")]
    [InlineData("PatientID", "p2", "")]
    [InlineData("AccessionNumber", "A3", "A3")]
    [InlineData("AccessionNumber", "A*", "A6 A1 A2 A3 A4 A5")]
    [InlineData("AccessionNumber", "A3\\A4", "A3 A4")]
    [InlineData("AccessionNumber", "A9", "")]
    [InlineData("RequestedProcedureID", "RP-A5", "A5")]
    [InlineData("RequestedProcedureID", "RP-*", "A6 A1 A2 A3 A4 A5")]
    [InlineData("StudyInstanceUID", "1.2.3.4", "A4")]
    [InlineData("StudyInstanceUID", "1.2.3.4\\1.2.3.1\\1.2.3.99", "A1 A4")]
    [InlineData("StudyInstanceUID", "1.2.3", "")]
    [InlineData("PatientSex", "M", "A2 A5")]
    [InlineData("PatientBirthDate", "19650313", "A3")]
    [InlineData("PatientBirthDate", "19650313-19650314", "A3 A4")]
    public async Task A_key_at_the_top_finds(string keyword, string key, string found) =>
        await FindsAsync(Orders.Ask((Tag(keyword), key)), found);

    [Fact]
    public async Task All_keys_together_must_match()
    {
        var identifier = Orders.AskStep((DicomTags.Modality, "MR"), (DicomTags.ScheduledStationAETitle, "MR1"),
            (DicomTags.ScheduledProcedureStepStartDate, "20260105-20260107"));
        await FindsAsync(identifier.Set(DicomTags.PatientName, "SMITH*"), "A2");
        await FindsAsync(identifier.Set(DicomTags.PatientID, "P1"), "");
    }

    private async Task FindsAsync(DicomDataset identifier, string found) =>
        Assert.Equal(found, string.Join(' ', await orders.Scp.AccessionsAsync(identifier)));

    private static DicomTag Tag(string keyword) => DicomDictionary.FindKeyword(keyword)!.Value;
}
