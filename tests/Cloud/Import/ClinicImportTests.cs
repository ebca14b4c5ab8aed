using System.Net;
using System.Text;
using Gantry.Cloud.Accounts;
using Gantry.Cloud.Clinics.Import;
using Gantry.Cloud.Tests.System;
using Microsoft.EntityFrameworkCore;

namespace Gantry.Cloud.Tests.Import;

/// <summary>An admin fills the clinics from a list.</summary>
[Collection(nameof(SharedCloud))]
public sealed class ClinicImportTests(SharedCloud.Fixture shared)
{
    private readonly string _provider = $"Provider {Guid.NewGuid():N}";
    private readonly string _day = $"{TimeProvider.System.GetLocalNow().AddDays(3):yyyy-MM-dd}";

    private CloudSystem Cloud => shared.Cloud;

    [Fact]
    public async Task A_list_becomes_clinics_that_the_staff_sees_and_the_same_list_again_changes_nothing()
    {
        using var admin = await AdminAsync();
        var (one, other) = (CloudSystem.NextNhsNumber(), CloudSystem.NextNhsNumber());
        var list = List(Line("09:00", one, "Ada", "Byron"), Line("09:15", other, "Mary", "Somerville"), Line("09:00", one, "Ada", "Byron", clinic: "Unit B"));

        var first = await ImportAsync(admin, list);
        var second = await ImportAsync(admin, list);

        Assert.Contains("3 appointments were added, 0 stood here already; 2 clinics are new.", first, StringComparison.Ordinal);
        Assert.Contains("0 appointments were added, 3 stood here already; 0 clinics are new.", second, StringComparison.Ordinal);
        var clinic = await ClinicAsync("Unit A");
        using var staff = await Cloud.SignedInAsync();
        var page = await staff.PageAsync($"/clinic/{clinic}");
        Assert.Contains("Ada Byron", page, StringComparison.Ordinal);
        Assert.Contains("Mary Somerville", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_wrong_line_and_nothing_is_stored()
    {
        using var admin = await AdminAsync();

        var page = await ImportAsync(admin, List(Line("09:00", CloudSystem.NextNhsNumber(), "Ada", "Byron"), Line("09:15", "1234567890", "Mary", "<b>Somerville")), HttpStatusCode.UnprocessableEntity);

        Assert.Contains("Nothing was added", page, StringComparison.Ordinal);
        Assert.Contains("Line 3: nhs_number:", page, StringComparison.Ordinal);
        Assert.False(await Cloud.DatabaseAsync(database => database.Providers.AnyAsync(each => each.Name == _provider)));
    }

    [Fact]
    public async Task A_time_that_is_somebody_elses_and_a_number_of_somebody_born_another_day_are_told()
    {
        using var admin = await AdminAsync();
        var (one, other) = (CloudSystem.NextNhsNumber(), CloudSystem.NextNhsNumber());
        await ImportAsync(admin, List(Line("09:00", one, "Ada", "Byron")));

        var page = await ImportAsync(
            admin, List(Line("09:00", other, "Mary", "Somerville"), Line("09:15", one, "Ada", "Byron", born: "1960-01-01")), HttpStatusCode.UnprocessableEntity);

        Assert.Contains("Line 2: time: 09:00 of Unit A", page, StringComparison.Ordinal);
        Assert.Contains("Line 3: birth_date:", page, StringComparison.Ordinal);
        Assert.Equal(1, await Cloud.DatabaseAsync(database => database.Appointments.CountAsync(each => each.Slot!.Clinic!.Provider!.Name == _provider)));
    }

    [Fact]
    public async Task The_same_time_for_two_people_in_one_list_is_told()
    {
        using var admin = await AdminAsync();

        var page = await ImportAsync(
            admin, List(Line("09:00", CloudSystem.NextNhsNumber(), "Ada", "Byron"), Line("09:00", CloudSystem.NextNhsNumber(), "Mary", "Somerville")), HttpStatusCode.UnprocessableEntity);

        Assert.Contains("Line 3: time: 09:00 of Unit A", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_changed_is_brought_up_to_date()
    {
        using var admin = await AdminAsync();
        var number = CloudSystem.NextNhsNumber();
        await ImportAsync(admin, List(Line("09:00", number, "Ada", "Byron")));

        var page = await ImportAsync(admin, List(Line("10:00", number, "Ada", "Lovelace")));

        Assert.Contains("The details of 1 participants were brought up to date.", page, StringComparison.Ordinal);
        Assert.Equal("Lovelace", await Cloud.DatabaseAsync(database => database.Participants.Where(each => each.NhsNumber == number).Select(each => each.LastName).SingleAsync()));
    }

    [Fact]
    public async Task A_clinic_is_taken_back_until_somebody_of_it_is_sent()
    {
        using var admin = await AdminAsync();
        await ImportAsync(admin, List(Line("09:00", CloudSystem.NextNhsNumber(), "Ada", "Byron"), Line("09:00", CloudSystem.NextNhsNumber(), "Mary", "Somerville", clinic: "Unit B")));
        var (untouched, sent) = (await ClinicAsync("Unit A"), await ClinicAsync("Unit B"));
        await Cloud.DatabaseAsync(database => database.Appointments.Where(each => each.Slot!.ClinicId == sent)
            .ExecuteUpdateAsync(set => set.SetProperty(each => each.AccessionNumber, $"T{Random.Shared.Next():X8}")));

        using var one = await admin.SubmitAsync("/admin/clinics", "/admin/clinics?handler=Remove", new() { ["clinic"] = $"{untouched}" });
        using var other = await admin.SubmitAsync("/admin/clinics", "/admin/clinics?handler=Remove", new() { ["clinic"] = $"{sent}" });

        Assert.Equal([sent], await Cloud.DatabaseAsync(database => database.Clinics.Where(each => each.Provider!.Name == _provider).Select(each => each.Id).ToListAsync()));
        Assert.Equal(1, await Cloud.DatabaseAsync(database => database.Appointments.CountAsync(each => each.Slot!.ClinicId == sent)));
    }

    [Fact]
    public async Task The_example_can_be_imported_as_it_is_and_only_by_an_admin()
    {
        using var admin = await AdminAsync();
        using var staff = await Cloud.SignedInAsync();

        var example = await admin.PageAsync("/admin/clinics?handler=Example");
        using var refused = await staff.GetAsync("/admin/clinics?handler=Example");

        var (rows, problems) = AppointmentList.Read(new MemoryStream(Encoding.UTF8.GetBytes(example)), DateOnly.FromDateTime(TimeProvider.System.GetLocalNow().DateTime));
        Assert.Empty(problems);
        Assert.Single(rows);
        Assert.NotEqual(HttpStatusCode.OK, refused.StatusCode);
    }

    [Fact]
    public async Task A_file_that_is_no_list_is_told_what_is_wrong_with_it()
    {
        using var admin = await AdminAsync();
        var picture = new byte[2 << 20];
        new Random(7).NextBytes(picture);

        using var random = await admin.UploadAsync("/admin/clinics", "/admin/clinics?handler=Import", "file", picture);
        using var zeros = await admin.UploadAsync("/admin/clinics", "/admin/clinics?handler=Import", "file", new byte[2 << 20]);
        using var empty = await admin.UploadAsync("/admin/clinics", "/admin/clinics?handler=Import", "file", []);

        Assert.Contains("CSV UTF-8", await random.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("longer than", await zeros.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("The file is empty", await empty.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.All([random, zeros, empty], answer => Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode));
    }

    private Task<Browser> AdminAsync() => Cloud.SignedInAsync(FirstUsers.DemoAdminEmail);

    private Task<Guid> ClinicAsync(string name) => Cloud.DatabaseAsync(database =>
        database.Clinics.Where(each => each.Provider!.Name == _provider && each.Name == name).Select(each => each.Id).SingleAsync());

    private string Line(string time, string number, string first, string last, string clinic = "Unit A", string born = "1965-03-15") =>
        $"{_provider},{clinic},{_day},{time},15,{number},{first},{last},{born},F";

    private static string List(params string[] lines) => string.Join('\n', [AppointmentList.Heading, .. lines]);

    /// <summary>The page that the admin sees then.</summary>
    private static async Task<string> ImportAsync(Browser admin, string list, HttpStatusCode expected = HttpStatusCode.Found)
    {
        using var answer = await admin.UploadAsync("/admin/clinics", "/admin/clinics?handler=Import", "file", Encoding.UTF8.GetBytes(list));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(expected == answer.StatusCode, text);
        return WebUtility.HtmlDecode(expected == HttpStatusCode.Found ? await admin.PageAsync("/admin/clinics") : text);
    }
}
