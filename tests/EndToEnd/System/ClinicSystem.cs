using System.Globalization;
using Gantry.EndToEnd.Tests.Browser;
using Gantry.EndToEnd.Tests.OldClients;
using Microsoft.Playwright;

namespace Gantry.EndToEnd.Tests;

/// <summary>One system with the cloud's web app, and a browser before it, for the classes of its collection.</summary>
public sealed class ClinicSystem : IAsyncLifetime
{
    public const string ClinicUser = "clinic@demo.test";
    public const string AdminUser = "admin@demo.test";
    private static int _people;

    internal GantrySystem System { get; private set; } = null!;

    internal Chromium Chromium { get; } = new();

    internal string Address => $"http://localhost:{System.Ports.Cloud}";

    /// <summary>An old gateway that tells the cloud what happens.</summary>
    internal RawClient Events => new(System, RawClient.Events);

    /// <summary>An old cloud that tells the gateway what to do.</summary>
    internal RawClient Actions => new(System, RawClient.Actions);

    public async Task InitializeAsync()
    {
        System = await GantrySystem.StartAsync(
            parts: Parts.Cloud, environment: new Dictionary<string, string> { ["CLOUD_SIGN_INS_PER_MINUTE"] = "1000" });
        await Chromium.InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        await Chromium.DisposeAsync();
        // Null when the start failed, which xUnit reports for every test
        if (System is not null)
            await System.DisposeAsync();
    }

    /// <summary>A page on which a demo user has signed in, at the list of clinics.</summary>
    internal async Task<IPage> SignedInAsync(string user = ClinicUser, Action<BrowserNewContextOptions>? configure = null)
    {
        var page = await Chromium.OpenAsync(configure: configure);
        await page.GotoAsync($"{Address}/sign-in");
        await page.GetByLabel("Email address").FillAsync(user);
        await page.GetByLabel("Password").FillAsync("gantry-demo-2026");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Clinics" }).WaitForAsync();
        return page;
    }

    /// <summary>SQL in the cloud's database.</summary>
    internal Task<string> SqlAsync(string sql) => new Psql(System).RunAsync("gantry_cloud", sql);

    /// <summary>An appointment of tomorrow, in a clinic of its own, as if it had come so far.</summary>
    internal async Task<Visitor> AppointmentAsync(string state = "checked_in", string first = "Ada", string last = "Byron")
    {
        var number = Interlocked.Increment(ref _people);
        var nhsNumber = string.Create(CultureInfo.InvariantCulture, $"99987{number:00000}");
        var accession = state == "checked_in" ? null : string.Create(CultureInfo.InvariantCulture, $"OLD{number:0000000}");
        var row = await SqlAsync($"""
            WITH person AS (INSERT INTO participants (id, nhs_number, first_name, last_name, birth_date)
                VALUES (gen_random_uuid(), '{nhsNumber}', {Sqlite3.Text(first)}, {Sqlite3.Text(last)}, '1960-02-03') RETURNING id),
            day AS (INSERT INTO clinics (id, provider_id, name, date)
                SELECT gen_random_uuid(), id, 'Clinic {number}', current_date + 1 FROM providers WHERE name LIKE 'Northfield%' RETURNING id),
            slot AS (INSERT INTO clinic_slots (id, clinic_id, starts_at, duration_minutes) SELECT gen_random_uuid(), id, '10:30', 15 FROM day RETURNING id)
            INSERT INTO appointments (id, slot_id, participant_id, state, accession_number)
                SELECT gen_random_uuid(), slot.id, person.id, '{state}', {(accession is null ? "NULL" : Sqlite3.Text(accession))} FROM slot, person
                RETURNING id, (SELECT id FROM day)
            """);
        var ids = row.Split('|');
        return new(ids[0], ids[1], nhsNumber, accession ?? "");
    }

    internal async Task<string> StateAsync(Visitor visitor) => await SqlAsync($"SELECT state FROM appointments WHERE id = '{visitor.Appointment}'");
}

/// <summary>Somebody with an appointment.</summary>
internal sealed record Visitor(string Appointment, string Clinic, string NhsNumber, string Accession)
{
    /// <summary>Path of the clinic's day.</summary>
    public string Day => $"/clinic/{Clinic}";

    /// <summary>Path of the appointment's page.</summary>
    public string Page => $"/clinic/{Clinic}/appointment/{Appointment}";
}

/// <summary>The classes that share it, whose tests then run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class SharedClinic : ICollectionFixture<ClinicSystem>
{
    public const string Name = "one system with the cloud";
}
