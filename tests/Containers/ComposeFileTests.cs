using System.Text.Json;

namespace Gantry.Containers.Tests;

/// <summary>The compose files as docker compose reads them; nothing is started.</summary>
public sealed class ComposeFileTests
{
    private static readonly string[] Hardened =
        ["postgres", "orthanc-pacs", "orthanc-worklists", "orthanc-modality", "manage-screening", "demo-emr"];

    public static TheoryData<string> Files => [.. Compose.Files];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task A_file_is_usable_alone(string file)
    {
        var config = await Compose.DemoAsync("-f", file, "config", "-q");

        config.MustSucceed();
        Assert.True(config.Output.Trim().Length == 0, config.ToString());
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Without_passwords_a_file_says_where_to_get_them(string file)
    {
        // A file of settings that is empty: what stands in .env of whoever runs this does not count
        var config = await Compose.RunAsync(null, ["--env-file", "/dev/null", "-f", file, "config", "-q"]);

        Assert.NotEqual(0, config.Status);
        Assert.Contains("GANTRY_SECRETS", config.Output, StringComparison.Ordinal);
        Assert.Contains("compose/draw-secrets", config.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_services_have_the_names_of_the_contract()
    {
        var all = await Compose.ModelAsync("docker-compose.yml", "--profile", "*");
        var usual = await Compose.ModelAsync("docker-compose.yml", "--profile", "none");

        Assert.Equal(
            ["demo-emr", "emr", "manage-screening", "orthanc-modality", "orthanc-pacs", "orthanc-worklists", "postgres"], Services(all).Keys.Order());
        Assert.Equal(["manage-screening", "orthanc-pacs", "orthanc-worklists", "postgres"], Services(usual).Keys.Order());
        Assert.Contains("orthanc-modality", Services(await Compose.ModelAsync("docker-compose.yml", "--profile", "simulator")).Keys);
    }

    [Theory]
    [InlineData("compose/pacs.yml", "orthanc-pacs", "postgres")]
    [InlineData("compose/worklists.yml", "orthanc-worklists")]
    [InlineData("compose/modality.yml", "orthanc-modality")]
    [InlineData("compose/cloud.yml", "manage-screening", "postgres")]
    [InlineData("compose/emr.yml", "emr")]
    public async Task A_stack_holds_what_its_name_says(string file, params string[] services) =>
        Assert.Equal(services.Order(), Services(await Compose.ModelAsync(file, "--profile", "none")).Keys.Order());

    [Fact]
    public async Task The_ports_are_those_of_the_contract_and_pages_stay_on_this_machine()
    {
        var services = Services(await Compose.ModelAsync("docker-compose.yml", "--profile", "simulator"));
        var published = services.Values.Where(service => service.TryGetProperty("ports", out _))
            .SelectMany(service => service.GetProperty("ports").EnumerateArray())
            .ToDictionary(port => port.GetProperty("published").GetString()!, port => port);

        Assert.Equal(["3000", "4242", "4243", "5243", "8000", "8042", "8043", "888"], published.Keys.Order(StringComparer.Ordinal));
        Assert.All(["3000", "8000", "8042", "8043", "888"], port => Assert.Equal("127.0.0.1", published[port].GetProperty("host_ip").GetString()));
        Assert.True(published["888"].GetProperty("target").GetInt32() > 1024);
    }

    [Fact]
    public async Task A_service_has_no_more_rights_and_no_more_room_than_it_needs()
    {
        var services = Services(await Compose.ModelAsync("docker-compose.yml", "--profile", "*"));

        foreach (var name in Hardened)
        {
            var service = services[name];
            Assert.True(service.GetProperty("read_only").GetBoolean(), name);
            Assert.True(service.GetProperty("init").GetBoolean(), name);
            Assert.Equal(["ALL"], service.GetProperty("cap_drop").EnumerateArray().Select(item => item.GetString()));
            Assert.Equal(["no-new-privileges:true"], service.GetProperty("security_opt").EnumerateArray().Select(item => item.GetString()));
            Assert.False(service.TryGetProperty("privileged", out _), name);
            Assert.False(service.TryGetProperty("cap_add", out _), name);
        }
        foreach (var (name, service) in services)
        {
            Assert.True(service.TryGetProperty("mem_limit", out _), $"{name} has no limit of memory");
            Assert.True(service.GetProperty("logging").GetProperty("options").TryGetProperty("max-size", out _), $"{name}'s log grows for ever");
            // What runs once and ends is left out of the model by some versions
            var restart = service.TryGetProperty("restart", out var value) ? value.GetString() : "no";
            Assert.Equal(name == "demo-emr" ? "no" : "unless-stopped", restart);
        }
    }

    [Fact]
    public async Task No_password_stands_in_the_environment_of_a_container()
    {
        var services = Services(await Compose.ModelAsync("docker-compose.yml", "--profile", "*"));
        var told = services.Where(service => service.Value.TryGetProperty("environment", out _))
            .SelectMany(service => service.Value.GetProperty("environment").EnumerateObject().Select(variable => (service.Key, variable)));

        Assert.All(told, each =>
        {
            var name = each.variable.Name;
            Assert.False(name.EndsWith("PASSWORD", StringComparison.OrdinalIgnoreCase) || name.EndsWith("ACCESS_KEY", StringComparison.OrdinalIgnoreCase), $"{each.Key}: {name}");
        });
    }

    [Fact]
    public async Task Where_gateway_and_clinic_start_together_they_find_each_other_and_alone_a_gateway_has_no_cloud()
    {
        const string Namespace = "AZURE_RELAY_NAMESPACE";

        Assert.Equal("ws://manage-screening:8000", await RelayAsync("docker-compose.yml"));
        Assert.Equal("wss://manage-screening:8000", await RelayAsync("docker-compose.yml", ("CLOUD_TLS_CERTIFICATE", "server.crt")));
        Assert.Equal("", await RelayAsync("docker-compose.yml", (Namespace, "")));
        Assert.Equal("contoso", await RelayAsync("docker-compose.yml", (Namespace, "contoso")));
        Assert.Null(await RelayAsync("compose/worklists.yml"));

        static async Task<string?> RelayAsync(string file, params (string Name, string Value)[] variables)
        {
            var environment = variables.Append(("GANTRY_SECRETS", "./demo")).Append(("GANTRY_SETTINGS", "/dev/null")).ToDictionary();
            var config = (await Compose.RunAsync(environment, ["--env-file", "/dev/null", "-f", file, "config", "--format", "json"])).MustSucceed();
            var told = Services(JsonDocument.Parse(config.Output).RootElement)["orthanc-worklists"].GetProperty("environment");
            return told.TryGetProperty(Namespace, out var value) ? value.GetString() : null;
        }
    }

    [Fact]
    public async Task The_demo_never_meets_the_volumes_of_a_real_system()
    {
        var demo = await Compose.ModelAsync("docker-compose.yml");
        var real = (await Compose.RunAsync(
            new Dictionary<string, string> { ["GANTRY_SECRETS"] = "./demo" }, ["--env-file", "/dev/null", "config", "--format", "json"])).MustSucceed();

        Assert.Equal("gantry-demo", demo.GetProperty("name").GetString());
        Assert.Equal("gantry", JsonDocument.Parse(real.Output).RootElement.GetProperty("name").GetString());
        Assert.DoesNotContain("Demo__Enabled\": \"true", real.Output, StringComparison.Ordinal);
    }

    private static Dictionary<string, JsonElement> Services(JsonElement model) =>
        model.GetProperty("services").EnumerateObject().ToDictionary(service => service.Name, service => service.Value);
}
