namespace Gantry.EndToEnd.Tests.Hostile;

/// <summary>A sidecar with short time limits, so that a test need not wait long for them.</summary>
public sealed class HardenedSidecar : IAsyncLifetime
{
    internal SidecarAlone Sidecar { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Sidecar = await SidecarAlone.StartAsync(
            ("Dicom__ArtimTimeout", "00:00:02"), ("Dicom__MessageTimeout", "00:00:02"), ("Dicom__IdleTimeout", "00:00:05"),
            ("Dicom__SendTimeout", "00:00:02"), ("Dicom__MaximumDatasetLength", "1048576"));
        await new Sqlite3(Sidecar.Database).RunAsync("""
            WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < 50000)
            INSERT INTO worklist_items (accession_number, patient_id, patient_name, scheduled_date, scheduled_time, modality)
            SELECT 'MANY' || n, 'MANY' || n, 'ONE^OFMANY', '20200101', '080000', 'OT' FROM number;
            """);
    }

    public async Task DisposeAsync()
    {
        if (Sidecar is not null)
            await Sidecar.DisposeAsync();
    }
}
