using System.Text.Json;
using System.Text.Json.Nodes;
using Gantry.Dicom;
using Microsoft.Playwright;

namespace Gantry.EndToEnd.Tests.OldClients;

/// <summary>What no client should send: each gets an answer, leaves a trace, and harms nobody.</summary>
[Collection(SharedClinic.Name)]
public sealed class BadInputTests(ClinicSystem clinic)
{
    private const string Hostile = "<img id=hurt src=x onerror='window.hurt=1'>";

    [Theory]
    [InlineData(RawClient.Events)]
    [InlineData(RawClient.Actions)]
    public async Task A_message_without_end_is_refused_early_with_a_word(string connection)
    {
        var (sent, lastWord) = await new RawClient(clinic.System, connection).FloodAsync(256L << 20);

        Assert.InRange(sent, 1, 32L << 20);
        var reply = JsonDocument.Parse(lastWord!).RootElement;
        Assert.Equal("error", reply.GetProperty("status").GetString());
        Assert.Contains("is longer than", reply.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("connect")]
    [InlineData("listen")]
    public async Task Nobody_gets_in_without_a_good_token(string action)
    {
        var client = clinic.Events;
        var soon = TimeProvider.System.GetUtcNow().AddMinutes(5);

        Assert.Equal(401, await client.RefusedAsync(action, null));
        Assert.Equal(401, await client.RefusedAsync(action, "SharedAccessSignature"));
        Assert.Equal(401, await client.RefusedAsync(action, client.Token(soon, key: "not the key")));
        Assert.Equal(401, await client.RefusedAsync(action, client.Token(TimeProvider.System.GetUtcNow().AddMinutes(-1))));
        Assert.Equal(403, await client.RefusedAsync(action, client.Token(soon, audience: RawClient.Actions)));
        var stranger = new RawClient(clinic.System, "gateway-of-nobody");
        Assert.Equal(404, await stranger.RefusedAsync(action, stranger.Token(soon)));
    }

    [Theory]
    [InlineData("{", "JSON")]
    [InlineData("""{ "event_type": "mpps.status_update" }""", "data")]
    [InlineData("""{ "event_type": "mpps.status_update", "data": { "status": 5 } }""", "data.status")]
    [InlineData("""{ "message_type": "study.image_received", "message_id": "m1", "parameters": { "study": {} } }""", "parameters.study")]
    [InlineData("""{ "message_type": "study.image_received", "parameters": [] }""", "parameters")]
    public async Task A_message_that_cannot_be_read_is_answered_by_field_and_shown_to_the_admin(string body, string field)
    {
        var mark = Guid.NewGuid().ToString();
        body = body == "{" ? $"{{ \"{mark}\" " : body.Insert(1, $" \"note\": \"{mark}\",");

        var reply = await clinic.Events.SendAsync(body);

        Assert.Equal("error", reply.GetProperty("status").GetString());
        Assert.Contains(field, reply.GetProperty("message").GetString(), StringComparison.Ordinal);
        var admin = await clinic.SignedInAsync(ClinicSystem.AdminUser);
        await admin.GotoAsync($"{clinic.Address}/admin/messages");
        await Assertions.Expect(admin.Locator("details").Filter(new() { HasText = mark })).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task HTML_in_names_and_messages_is_text_wherever_it_is_shown()
    {
        var visitor = await clinic.AppointmentAsync("sent_to_modality", Hostile, "<script>window.hurt=1</script>");
        var day = await clinic.SignedInAsync(ClinicSystem.AdminUser);
        await day.GotoAsync(clinic.Address + visitor.Day);
        var exam = await day.Context.NewPageAsync();
        await exam.GotoAsync(clinic.Address + visitor.Page);

        // What comes live is put into pages by scripts
        await clinic.Events.SendAsync(OldMessages.Status(null, visitor.Accession, "IN PROGRESS").ToJsonString());
        await clinic.Events.SendAsync(OldMessages.Image(visitor.Accession, visitor.NhsNumber, DicomUid.New(), view: Hostile, name: Hostile).ToJsonString());
        await clinic.Events.SendAsync(OldMessages.Image("NOBODYS", "9990009999", DicomUid.New(), name: Hostile).ToJsonString());
        await clinic.Events.AskAsync($"{{ \"{Hostile}\": ");
        await Assertions.Expect(day.GetByRole(AriaRole.Status)).ToContainTextAsync(Hostile);
        await Assertions.Expect(exam.Locator(".app-thumbnail")).ToHaveCountAsync(1);
        await NobodyIsHurtAsync(day);
        await NobodyIsHurtAsync(exam);
        foreach (var path in new[] { visitor.Page, "/admin/studies", "/admin/messages" })
        {
            await exam.GotoAsync(clinic.Address + path);
            await NobodyIsHurtAsync(exam);
        }

        await new Sqlite3(clinic.System.WorklistDatabase).AddOrderAsync("MG", Hostile);
        var gateway = await clinic.Chromium.OpenAsync();
        await gateway.GotoAsync($"http://localhost:{clinic.System.Ports.SidecarWeb}/");
        await NobodyIsHurtAsync(gateway);
    }

    [Fact]
    public async Task A_thumbnail_that_is_no_JPEG_does_not_lose_its_image()
    {
        var visitor = await clinic.AppointmentAsync("in_progress");
        var svg = Convert.ToBase64String("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"u8);

        foreach (var thumbnail in new[] { svg, "no base64 at all!", OldMessages.Thumbnail[..^200] })
        {
            var reply = await clinic.Events.SendAsync(OldMessages.Image(visitor.Accession, visitor.NhsNumber, DicomUid.New(), thumbnail: thumbnail).ToJsonString());
            Assert.Equal("created", reply.GetProperty("status").GetString());
        }

        var page = await clinic.SignedInAsync();
        await page.GotoAsync(clinic.Address + visitor.Page);
        await Assertions.Expect(page.GetByText("No preview")).ToHaveCountAsync(3);
    }

    [Fact]
    public async Task A_study_with_the_accession_number_of_somebody_else_is_flagged_and_never_shown_there()
    {
        var visitor = await clinic.AppointmentAsync("in_progress");
        var study = DicomUid.New();

        var reply = await clinic.Events.SendAsync(OldMessages.Image(visitor.Accession, "9990009999", study).ToJsonString());

        Assert.Equal("created", reply.GetProperty("status").GetString());
        var page = await clinic.SignedInAsync(ClinicSystem.AdminUser);
        await page.GotoAsync(clinic.Address + visitor.Page);
        await Assertions.Expect(page.Locator(".app-thumbnail")).ToHaveCountAsync(0);
        await page.GotoAsync($"{clinic.Address}/admin/studies");
        await Assertions.Expect(page.Locator("article").Filter(new() { HasText = study })).ToContainTextAsync("another NHS number");
    }

    [Fact]
    public async Task Fields_of_the_future_are_no_harm()
    {
        var visitor = await clinic.AppointmentAsync("sent_to_modality");
        var message = OldMessages.Status(null, visitor.Accession, "IN PROGRESS");
        message["data"]!["from_the_future"] = new JsonArray(1, null, new JsonObject());

        Assert.Equal("in_progress", (await clinic.Events.SendAsync(message.ToJsonString())).GetProperty("new_state").GetString());
    }

    /// <summary>The text is there as text; nothing of it became an element or ran.</summary>
    private static async Task NobodyIsHurtAsync(IPage page)
    {
        await Assertions.Expect(page.Locator("body")).ToContainTextAsync("<img id=hurt");
        Assert.Equal(0, await page.Locator("#hurt, script:not([src])").CountAsync());
        Assert.Null(await page.EvaluateAsync<int?>("() => window.hurt ?? null"));
    }
}
