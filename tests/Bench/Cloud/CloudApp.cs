using System.Net;
using System.Text.RegularExpressions;
using Gantry.Bench.Servers;
using Gantry.Relay;

namespace Gantry.Bench.Cloud;

/// <summary>The clinic's web app as users run it, with its embedded relay, on a database of its own.</summary>
internal sealed partial class CloudApp(string folder, string database) : WorklistServer("the cloud", folder)
{
    public const string ActionsPath = "gateway-actions";
    public const string EventsPath = "gateway-events";
    private const string Key = "sesame";
    private const string KeyName = "RootManageSharedAccessKey";

    public Uri Address => new($"http://127.0.0.1:{Port}");

    /// <summary>The settings that lead a gateway here.</summary>
    public string[] Settings =>
    [
        $"--Relay:Namespace=ws://127.0.0.1:{Port}", $"--Relay:KeyName={KeyName}", $"--Relay:SharedAccessKey={Key}",
        $"--Relay:HybridConnection={ActionsPath}", $"--Relay:EventsHybridConnection={EventsPath}",
    ];

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Folder);
        var root = BenchOptions.RepositoryRoot();
        var program = Path.Combine(root, "artifacts", "bin", "Gantry.Cloud", "release", "gantry-cloud.dll");
        if (!File.Exists(program)) throw new BenchException("Build the cloud first: dotnet build -c Release cloud/Cloud");
        var settings = new Dictionary<string, string>
        {
            ["DOTNET_GCgen0size"] = "0x400000", ["ASPNETCORE_CONTENTROOT"] = Path.Combine(root, "cloud", "Cloud"), ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{Port}",
            ["ConnectionStrings__Cloud"] = database, ["Demo__Enabled"] = "true", ["AZURE_RELAY_SHARED_ACCESS_KEY"] = Key, ["CLOUD_SIGN_INS_PER_MINUTE"] = "100000",
        };
        await LaunchAsync("dotnet", [program], settings, cancellationToken);
        using var browser = new HttpClient { BaseAddress = Address };
        for (var attempt = 0; ; attempt++)
        {
            using var health = await browser.GetAsync(new Uri("/health", UriKind.Relative), cancellationToken);
            if (health.IsSuccessStatusCode) return;
            if (attempt == 20) throw new BenchException($"The cloud stays unwell: {await health.Content.ReadAsStringAsync(cancellationToken)}");
            await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
        }
    }

    /// <summary>Ends it at once and starts it again on the same port.</summary>
    public async Task RestartAsync(CancellationToken cancellationToken)
    {
        await StopAsync();
        await StartAsync(cancellationToken);
    }

    public RelayEndpoint Endpoint(string path) =>
        new() { Namespace = new($"ws://127.0.0.1:{Port}"), Path = path, Tokens = new SharedAccessKeyTokenProvider(KeyName, Key) };

    /// <summary>The cookies of the demo's clinic user.</summary>
    public async Task<CookieContainer> SignInAsync(CancellationToken cancellationToken)
    {
        var cookies = new CookieContainer();
        using var browser = Browser(cookies);
        var token = await FormTokenAsync(browser, "/sign-in", cancellationToken);
        using var form = new FormUrlEncodedContent(
            new Dictionary<string, string> { ["email"] = "clinic@demo.test", ["password"] = "gantry-demo-2026", ["__RequestVerificationToken"] = token });
        using var answer = await browser.PostAsync(new Uri("/sign-in", UriKind.Relative), form, cancellationToken);
        return answer.StatusCode == HttpStatusCode.Redirect ? cookies : throw new BenchException($"The cloud does not let us in: {(int)answer.StatusCode}.");
    }

    public HttpClient Browser(CookieContainer cookies) =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = cookies }) { BaseAddress = Address, Timeout = TimeSpan.FromMinutes(2) };

    /// <summary>What a form of a page must send along.</summary>
    public static async Task<string> FormTokenAsync(HttpClient browser, string page, CancellationToken cancellationToken) =>
        Token().Match(await browser.GetStringAsync(new Uri(page, UriKind.Relative), cancellationToken)).Groups["token"].Value;

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"(?<token>[^\"]+)\"")]
    private static partial Regex Token();
}
