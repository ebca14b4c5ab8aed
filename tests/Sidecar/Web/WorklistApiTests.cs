using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Gantry.Sidecar.Tests.Hosting;
using Gantry.Worklist;

namespace Gantry.Sidecar.Tests.Web;

public sealed class WorklistApiTests
{
    private const string Order = """
        { "accession_number": "ACC123", "patient_id": "BS123456", "patient_name": "SMITH^JOHN", "patient_birth_date": "19800101",
          "patient_sex": "M", "scheduled_date": "20260105", "scheduled_time": "143000", "modality": "MG",
          "study_description": "Screening Mammography", "procedure_code": "MAMMO_SCREENING" }
        """;

    [Fact]
    public async Task An_order_that_is_added_can_be_read_and_removed_again()
    {
        await using var gateway = await RunningGateway.StartAsync("ModalityAeTitles:MG=MMG1");
        using var added = await PostAsync(gateway, Order);
        Assert.Equal(HttpStatusCode.Created, added.StatusCode);
        Assert.Equal("/api/worklist/ACC123", added.Headers.Location!.ToString());

        var order = await gateway.GetAsync("/api/worklist/ACC123");
        Assert.Equal("SMITH^JOHN", order.GetProperty("patient_name").GetString());
        Assert.Equal("SCHEDULED", order.GetProperty("status").GetString());
        Assert.Equal("MMG1", order.GetProperty("scheduled_station_aet").GetString());
        Assert.NotEmpty(order.GetProperty("study_instance_uid").GetString()!);

        using var removed = await gateway.Client.DeleteAsync(new Uri("/api/worklist/ACC123", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        using var gone = await gateway.Client.GetAsync(new Uri("/api/worklist/ACC123", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        Assert.Equal("application/problem+json", gone.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task A_taken_accession_number_is_a_conflict()
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var first = await PostAsync(gateway, Order);
        using var second = await PostAsync(gateway, Order.Replace("SMITH^JOHN", "OTHER^NAME", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        Assert.Equal("SMITH^JOHN", (await gateway.Store.GetAsync("ACC123", CancellationToken.None))!.PatientName);
    }

    [Fact]
    public async Task The_same_message_sent_twice_is_answered_alike()
    {
        await using var gateway = await RunningGateway.StartAsync();
        var order = Order.Replace("{ ", """{ "source_message_id": "a-1", """, StringComparison.Ordinal);
        using var first = await PostAsync(gateway, order);
        using var second = await PostAsync(gateway, order);
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK), (first.StatusCode, second.StatusCode));
    }

    [Theory]
    [InlineData("\"ACC123\"", "\"ACCESSION_TOO_LONG\"", "accession_number", "longer than 16 characters")]
    [InlineData("\"ACC123\"", "null", "accession_number", "is needed")]
    [InlineData("\"ACC123\"", "\"A\\\\B\"", "accession_number", "has a backslash")]
    [InlineData("\"19800101\"", "\"1980-01-01\"", "patient_birth_date", "YYYYMMDD")]
    [InlineData("\"20260105\"", "\"20260230\"", "scheduled_date", "is not a date of the form YYYYMMDD")]
    [InlineData("\"143000\"", "\"253000\"", "scheduled_time", "000000 to 235959")]
    [InlineData("\"M\"", "\"X\"", "patient_sex", "one of M, F, O")]
    [InlineData("\"MG\"", "\"mammography machine\"", "modality", "such as MG")]
    [InlineData("\"SMITH^JOHN\"", "\"A^B^C^D^E^F\"", "patient_name", "more than five components")]
    public async Task A_bad_value_is_told_by_its_field(string old, string bad, string field, string says)
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var response = await PostAsync(gateway, Order.Replace(old, bad, StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Contains(says, problem.GetProperty("errors").GetProperty(field)[0].GetString(), StringComparison.Ordinal);
        Assert.Equal(0, (await gateway.Store.StatisticsAsync(CancellationToken.None)).Total);
    }

    [Theory]
    [InlineData("{ \"accession_number\": ", "line 1")]
    [InlineData("{ \"acession_number\": \"A\" }", "acession_number")]
    [InlineData("{ \"accession_number\": 7 }", "$.accession_number")]
    public async Task A_body_that_does_not_fit_is_told_where(string body, string says)
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var response = await PostAsync(gateway, body);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Contains(says, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "A1 A2 A3 A4")]
    [InlineData("modality=MG", "A1 A3")]
    [InlineData("modality=MG&modality=CT", "A1 A2 A3")]
    [InlineData("date=20260105", "A1 A2")]
    [InlineData("date=2026-01-06", "A3")]
    [InlineData("date=20260105-20260106", "A1 A2 A3")]
    [InlineData("date=20260106-", "A3 A4")]
    [InlineData("patient_id=P2", "A2 A4")]
    [InlineData("accession_number=A3", "A3")]
    [InlineData("status=COMPLETED", "A4")]
    [InlineData("status=scheduled&modality=CT", "A2")]
    [InlineData("skip=1&take=2", "A2 A3")]
    [InlineData("patient_id=nobody", "")]
    public async Task Orders_are_found_by_each_filter(string query, string found)
    {
        await using var gateway = await RunningGateway.StartAsync();
        await gateway.Store.AddAsync(
            [
                new() { AccessionNumber = "A1", PatientId = "P1", Modality = "MG", ScheduledDate = "20260105", ScheduledTime = "090000" },
                new() { AccessionNumber = "A2", PatientId = "P2", Modality = "CT", ScheduledDate = "20260105", ScheduledTime = "100000" },
                new() { AccessionNumber = "A3", PatientId = "P3", Modality = "MG", ScheduledDate = "20260106", ScheduledTime = "090000" },
                new() { AccessionNumber = "A4", PatientId = "P2", Modality = "MR", ScheduledDate = "20260107", ScheduledTime = "090000", Status = OrderStatus.Completed },
            ], CancellationToken.None);
        var page = await gateway.GetAsync("/api/worklist?" + query);
        Assert.Equal(found, string.Join(' ', page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("accession_number").GetString())));
        Assert.Equal(query == "skip=1&take=2", page.GetProperty("more").GetBoolean());
    }

    [Theory]
    [InlineData("date=tomorrow", "date")]
    [InlineData("date=20260105-2026", "date")]
    [InlineData("status=DONE", "status")]
    [InlineData("take=0", "take")]
    [InlineData("skip=-1", "skip")]
    public async Task A_filter_that_cannot_be_read_is_told(string query, string field)
    {
        await using var gateway = await RunningGateway.StartAsync();
        Assert.True((await gateway.GetAsync("/api/worklist?" + query)).GetProperty("errors").TryGetProperty(field, out _));
    }

    [Fact]
    public async Task A_status_can_be_set_by_hand_and_is_counted()
    {
        await using var gateway = await RunningGateway.StartAsync("Demo:Enabled=true");
        using var changed = await gateway.Client.PutAsync(new Uri("/api/worklist/ACC000/status?value=DISCONTINUED", UriKind.Relative), null);
        Assert.Equal(HttpStatusCode.NoContent, changed.StatusCode);
        var counts = (await gateway.GetAsync("/api/statistics")).GetProperty("counts");
        Assert.Equal((3, 1), (counts.GetProperty("SCHEDULED").GetInt32(), counts.GetProperty("DISCONTINUED").GetInt32()));
    }

    private static async Task<HttpResponseMessage> PostAsync(RunningGateway gateway, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        return await gateway.Client.PostAsync(new Uri("/api/worklist", UriKind.Relative), content);
    }
}
