using System.Net;
using Gantry.Sidecar.Viewer.Preparation;

namespace Gantry.Sidecar.Tests.Viewer;

/// <summary>OHIF's files: laid out once, served compressed, kept by browsers as long as is right.</summary>
public sealed class ViewerFilesTests
{
    private const string Bundle = "/app.bundle.0f6159c501addfe9.js";

    [Fact]
    public async Task Without_a_prepared_viewer_the_port_says_how_to_get_one_and_needs_no_restart_then()
    {
        await using var house = await ViewerHouse.StartAsync();

        using var before = await house.Browser.GetAsync("/viewer?StudyInstanceUIDs=1.2");
        await PrepareAsync(house);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, before.StatusCode);
        Assert.Contains("compose/viewer", await before.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await UntilAsync(async () => (await house.Browser.GetAsync("/")).StatusCode == HttpStatusCode.OK);
    }

    [Fact]
    public async Task Every_page_of_OHIFs_own_is_its_start_page_but_a_missing_file_is_missing()
    {
        await using var house = await PreparedAsync();

        using var page = await house.Browser.GetAsync("/viewer?StudyInstanceUIDs=1.2");
        using var missing = await house.Browser.GetAsync("/nothing.js");

        Assert.Equal(("text/html", "no-cache"), (page.Content.Headers.ContentType!.MediaType, page.Headers.CacheControl!.ToString()));
        Assert.Equal("<html><script>start()</script></html>", await page.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }

    [Theory]
    [InlineData("br, gzip", "br")]
    [InlineData("gzip, deflate", "gzip")]
    [InlineData("br;q=0, gzip", "gzip")]
    [InlineData("identity", null)]
    public async Task A_browser_gets_the_copy_it_can_read(string accepts, string? encoding)
    {
        await using var house = await PreparedAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, Bundle);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", accepts);

        using var answer = await house.Browser.SendAsync(request);

        Assert.Equal(encoding, answer.Content.Headers.ContentEncoding.SingleOrDefault());
        Assert.Equal("text/javascript", answer.Content.Headers.ContentType!.MediaType);
        Assert.Contains("immutable", answer.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.Equal("Accept-Encoding", Assert.Single(answer.Headers.Vary));
        Assert.Equal(encoding is null, answer.Content.Headers.ContentLength == 5000);
    }

    [Fact]
    public async Task A_file_that_the_browser_has_is_not_sent_again()
    {
        await using var house = await PreparedAsync();
        using var first = await house.Browser.GetAsync("/app-config.js");
        using var again = new HttpRequestMessage(HttpMethod.Get, "/app-config.js");
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        using var second = await house.Browser.SendAsync(again);

        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Fact]
    public async Task The_pages_own_scripts_may_run_and_no_others()
    {
        await using var house = await PreparedAsync();

        using var page = await house.Browser.GetAsync("/");
        using var script = await house.Browser.GetAsync(Bundle);

        var policy = Assert.Single(page.Headers.GetValues("Content-Security-Policy"));
        // printf %s 'start()' | openssl dgst -sha256 -binary | base64
        Assert.Contains("'sha256-DIm7WJS6ZKDYe5qFLPy+h4JFI9Bol5QmYC57mt3Fb00='", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("'unsafe-eval'", policy, StringComparison.Ordinal);
        Assert.Contains("'unsafe-eval'", Assert.Single(script.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_port_serves_its_own_pages_alone()
    {
        await using var house = await PreparedAsync();

        using var worklist = await house.Browser.GetAsync("/api/worklist");
        using var dicomWeb = await house.Pages.GetAsync("/dicom-web/studies");
        using var admin = await house.Pages.GetAsync("/");

        Assert.Equal("text/html", worklist.Content.Headers.ContentType!.MediaType);
        Assert.Contains("start()", await worklist.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, dicomWeb.StatusCode);
        Assert.DoesNotContain("start()", await admin.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_is_not_ours_is_refused()
    {
        await using var house = await PreparedAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Host = "stranger.example";

        using var answer = await house.Browser.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Preparing_twice_does_nothing_and_another_configuration_replaces_the_whole()
    {
        await using var house = await ViewerHouse.StartAsync();
        Assert.True(await PrepareAsync(house));
        Assert.False(await PrepareAsync(house));

        Assert.True(await PrepareAsync(house, "window.config = { other: true };"));

        Assert.Equal("window.config = { other: true };", await File.ReadAllTextAsync(Path.Combine(house.Folder, "prepared", "app-config.js")));
        Assert.Equal(["package", "prepared"], Directory.EnumerateDirectories(house.Folder).Select(folder => Path.GetFileName(folder)!).Order());
    }

    [Fact]
    public async Task The_machine_learning_runtime_stays_behind()
    {
        await using var house = await ViewerHouse.StartAsync();
        var runtime = Directory.CreateDirectory(Path.Combine(house.Folder, "package", "dist", "ort"));
        await File.WriteAllTextAsync(Path.Combine(runtime.FullName, "ort.wasm"), new string('x', 5000));

        await PrepareAsync(house);

        Assert.False(Directory.Exists(Path.Combine(house.Folder, "prepared", "ort")));
        Assert.True(File.Exists(Path.Combine(house.Folder, "prepared", Bundle[1..])));
    }

    private static async Task<ViewerHouse> PreparedAsync()
    {
        var house = await ViewerHouse.StartAsync();
        await PrepareAsync(house);
        return house;
    }

    /// <summary>A package as npm lays it down, with little in it.</summary>
    private static async Task<bool> PrepareAsync(ViewerHouse house, string configuration = "window.config = {};")
    {
        var package = Path.Combine(house.Folder, "package");
        Directory.CreateDirectory(Path.Combine(package, "dist"));
        await File.WriteAllTextAsync(Path.Combine(package, "package.json"), """{ "version": "1.2.3" }""");
        await File.WriteAllTextAsync(Path.Combine(package, "dist", "index.html"), "<html><script>start()</script></html>");
        await File.WriteAllTextAsync(Path.Combine(package, "dist", Bundle[1..]), new string('x', 5000));
        var appConfig = Path.Combine(package, "ours.js");
        await File.WriteAllTextAsync(appConfig, configuration);
        return await ViewerPreparation.PrepareAsync(package, appConfig, Path.Combine(house.Folder, "prepared"), CancellationToken.None);
    }

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await isSo())
            await timer.WaitForNextTickAsync(patience.Token);
    }
}
