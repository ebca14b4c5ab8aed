using Gantry.Sidecar.Settings;

namespace Gantry.Sidecar.Tests.Settings;

public sealed class RelaySettingsTests : IDisposable
{
    private readonly SettingsFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Without_a_namespace_there_is_no_cloud_and_nothing_else_is_needed() =>
        Assert.False(Bind().Relay.IsConfigured());

    [Fact]
    public void The_fixed_names_of_the_environment_set_the_relay()
    {
        var relay = Bind(
            ("AZURE_RELAY_NAMESPACE", "contoso"), ("AZURE_RELAY_HYBRID_CONNECTION", "actions"), ("AZURE_RELAY_EVENTS_HYBRID_CONNECTION", "told"),
            ("AZURE_RELAY_KEY_NAME", "key"), ("AZURE_RELAY_SHARED_ACCESS_KEY", "secret")).Relay;
        Assert.Equal(("contoso", "actions", "told", "key", "secret"),
            (relay.Namespace, relay.HybridConnection, relay.EventsHybridConnection, relay.KeyName, relay.SharedAccessKey));
    }

    [Theory]
    [InlineData("AZURE_RELAY_NAMESPACE", "ftp://contoso", "ws://localhost:8000")]
    [InlineData("AZURE_RELAY_NAMESPACE", "ws://localhost:8000/path", "without a path")]
    [InlineData("AZURE_RELAY_SHARED_ACCESS_KEY", " ", "AZURE_RELAY_SHARED_ACCESS_KEY")]
    [InlineData("AZURE_RELAY_EVENTS_HYBRID_CONNECTION", "gateway", "Relay:HybridConnection")]
    [InlineData("AZURE_RELAY_HYBRID_CONNECTION", "/gateway", "without slashes")]
    [InlineData("Forwarding__LongestPause", "00:00:00.500", "longest pause")]
    public void What_cannot_work_stops_the_start_with_a_sentence_and_without_the_key(string name, string value, string words)
    {
        var settings = new Dictionary<string, string>
        {
            ["AZURE_RELAY_NAMESPACE"] = "ws://localhost:8000", ["AZURE_RELAY_SHARED_ACCESS_KEY"] = "sesame", [name] = value,
        };
        var error = Assert.Throws<SettingsException>(() => Bind([.. settings.Select(pair => (pair.Key, pair.Value))]));
        Assert.Contains(words, string.Join(' ', error.Problems), StringComparison.Ordinal);
        Assert.DoesNotContain("sesame", string.Join(' ', error.Problems), StringComparison.Ordinal);
    }

    private SidecarSettings Bind(params (string Name, string Value)[] environment) => SettingsBinder.Bind(
        SettingsLayers.Build([], _folder.Path, environment.ToDictionary(pair => pair.Name, pair => pair.Value)));
}
