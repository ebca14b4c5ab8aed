using Microsoft.Playwright;

namespace Gantry.EndToEnd.Tests.Browser;

/// <summary>
/// Debian's Chromium, driven by Playwright: one process for the tests of a class, a fresh context (cookies, cache) for each
/// page. Draws with the processor, because a test machine has no graphics card.
/// </summary>
internal sealed class Chromium
{
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    private static string Program =>
        Environment.GetEnvironmentVariable("GANTRY_TEST_CHROMIUM") is { Length: > 0 } named ? named : "/usr/bin/chromium";

    public async Task InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Program,
            Args =
            [
                "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
                // WebGL without a graphics card
                "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist",
            ],
        });
    }

    /// <summary>A new page that nobody has signed in on.</summary>
    public async Task<IPage> OpenAsync(HttpCredentials? credentials = null, Action<BrowserNewContextOptions>? configure = null)
    {
        var options = new BrowserNewContextOptions { ViewportSize = new() { Width = 1280, Height = 800 }, Locale = "en-GB", HttpCredentials = credentials };
        configure?.Invoke(options);
        var context = await _browser!.NewContextAsync(options);
        var page = await context.NewPageAsync();
        // First start on two busy cores
        page.SetDefaultTimeout(60_000);
        return page;
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}
