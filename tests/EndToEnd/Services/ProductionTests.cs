using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Gantry.EndToEnd.Tests.Services;

/// <summary>The system without its demo: no password that everybody knows, and none that others on this machine can read.</summary>
public sealed class ProductionTests
{
    [Fact]
    public async Task In_production_the_archive_has_a_password_of_its_own_and_the_worklist_is_empty()
    {
        await using var system = await GantrySystem.StartAsync(environment: null, more: "--production");

        var file = Path.Combine(system.Data, "run", "config", "orthanc.json");
        Assert.Equal("600", (await Peer.ShellAsync($"stat -c %a '{file}'")).Output);
        using var configuration = JsonDocument.Parse(await File.ReadAllTextAsync(file));
        var user = Assert.Single(configuration.RootElement.GetProperty("RegisteredUsers").EnumerateObject());
        Assert.Equal(HttpStatusCode.Unauthorized, await ArchiveAsync(system, "orthanc", "orthanc"));
        Assert.Equal(HttpStatusCode.OK, await ArchiveAsync(system, user.Name, user.Value.GetString()!));
        Assert.DoesNotContain(user.Value.GetString()!, system.Output, StringComparison.Ordinal);
        Assert.Equal("0", (await system.CommandAsync("sqlite3 <worklist.db> 'SELECT count(*) FROM worklist_items'")).Output.Trim());
        var health = await system.CommandAsync("curl -fsS http://localhost:8043/health");
        Assert.Contains("\"status\":\"healthy\"", health.Output.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        // Who sees and changes what is told without anybody having asked for it, for the owner alone
        Assert.Equal("640", (await Peer.ShellAsync($"stat -c %a '{system.Data}'/audit/audit-*.xml")).Output);
        Assert.Contains("Application Start", (await Peer.ShellAsync($"cat '{system.Data}'/audit/audit-*.xml")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("orthanc", "Everybody knows this password", "--production")]
    [InlineData(null, "is no file that can be read")]
    public async Task A_password_that_cannot_be_used_starts_nothing(string? password, string words, params string[] more)
    {
        var folder = GantrySystem.NewFolder();
        (string Name, string Value) given = password is null ? ("ORTHANC_PASSWORD_FILE", "/no/such/file") : ("ORTHANC_PASSWORD", password);
        await using var up = Peer.Start(Path.Combine(GantrySystem.Root, "compose", "up"), [.. GantrySystem.Arguments(Ports.Free(), folder), .. more],
            Path.GetTempPath(), new Dictionary<string, string> { [given.Name] = given.Value });

        var result = await up.EndAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(2, result.Status);
        Assert.Contains(words, result.Output, StringComparison.Ordinal);
        Assert.Contains(given.Name, result.Output, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<HttpStatusCode> ArchiveAsync(GantrySystem system, string user, string password)
    {
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
        using var answer = await client.GetAsync(new Uri(system.Ports.Move("http://localhost:8042/system")));
        return answer.StatusCode;
    }
}
