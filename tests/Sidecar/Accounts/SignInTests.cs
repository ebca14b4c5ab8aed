using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using Gantry.Sidecar.Accounts;
using Gantry.Sidecar.Tests.Viewer;

namespace Gantry.Sidecar.Tests.Accounts;

/// <summary>Signing in and out on the viewer's port and on that of the pages.</summary>
public sealed partial class SignInTests
{
    private const string Password = "correct horse";

    private static readonly string[] Settings =
    [
        "Accounts:Enabled=true", "Accounts:AttemptsPerMinute=5",
        "Accounts:Users:0:Name=reader", "Accounts:Users:0:Role=Reader", $"Accounts:Users:0:PasswordHash={Passwords.Hash(Password)}",
        "Accounts:Users:1:Name=admin", "Accounts:Users:1:Role=Admin", $"Accounts:Users:1:PasswordHash={Passwords.Hash(Password)}",
    ];

    [Theory]
    [InlineData("/")]
    [InlineData("/archive")]
    [InlineData("/api")]
    public async Task A_person_is_led_to_the_sign_in_and_back(string page)
    {
        await using var house = await HouseAsync();
        using var browser = Browser(house.Pages);

        using var refused = await browser.SendAsync(Navigation(page));
        Assert.Equal((HttpStatusCode.Redirect, $"/sign-in?return={Uri.EscapeDataString(page)}"), (refused.StatusCode, refused.Headers.Location!.ToString()));
        using var signedIn = await SignInAsync(browser, "admin", Password, page);
        Assert.Equal((HttpStatusCode.Redirect, page), (signedIn.StatusCode, signedIn.Headers.Location!.ToString()));

        using var shown = await browser.SendAsync(Navigation(page));
        Assert.Equal(HttpStatusCode.OK, shown.StatusCode);
    }

    [Fact]
    public async Task The_cookie_is_kept_from_scripts_and_from_other_sites_and_counts_on_both_ports()
    {
        await using var house = await HouseAsync();
        var cookies = new CookieContainer();
        using var browser = Browser(house.Pages, cookies);
        using var signedIn = await SignInAsync(browser, "admin", Password);

        var cookie = signedIn.Headers.GetValues("Set-Cookie").Single(value => value.StartsWith("gantry=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        using var viewer = Browser(house.Browser, cookies);
        Assert.Equal(HttpStatusCode.OK, (await viewer.GetAsync("/dicom-web/studies")).StatusCode);
    }

    [Fact]
    public async Task A_reader_sees_the_viewer_and_nothing_else()
    {
        await using var house = await HouseAsync();
        var cookies = new CookieContainer();
        using var viewer = Browser(house.Browser, cookies);
        Assert.Equal(HttpStatusCode.Unauthorized, (await viewer.GetAsync("/dicom-web/studies")).StatusCode);
        using var signedIn = await SignInAsync(viewer, "READER", Password);

        Assert.Equal(HttpStatusCode.OK, (await viewer.GetAsync("/dicom-web/studies")).StatusCode);
        using var pages = Browser(house.Pages, cookies);
        Assert.Equal(HttpStatusCode.Forbidden, (await pages.GetAsync("/api/worklist")).StatusCode);
    }

    [Fact]
    public async Task Signing_out_takes_a_form_of_ours_and_ends_it()
    {
        await using var house = await HouseAsync();
        using var browser = Browser(house.Pages);
        using var signedIn = await SignInAsync(browser, "admin", Password);

        using var forged = await browser.PostAsync("/sign-out", new FormUrlEncodedContent([]));
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/api/worklist")).StatusCode);
        using var signedOut = await browser.PostAsync("/sign-out", new FormUrlEncodedContent([new("token", await TokenAsync(browser, "/sign-out"))]));

        Assert.Equal(HttpStatusCode.Redirect, signedOut.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/api/worklist")).StatusCode);
    }

    [Theory]
    [InlineData("admin", "wrong")]
    [InlineData("nobody", Password)]
    [InlineData("", "")]
    public async Task A_wrong_name_and_a_wrong_password_get_the_same_answer(string name, string password)
    {
        await using var house = await HouseAsync();
        using var browser = Browser(house.Pages);

        using var refused = await SignInAsync(browser, name, password);

        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Contains("Name or password are wrong.", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_guesses_is_stopped()
    {
        await using var house = await HouseAsync();
        using var browser = Browser(house.Pages);
        for (var i = 0; i < 5; i++)
            (await SignInAsync(browser, "admin", $"guess {i}")).Dispose();

        using var stopped = await SignInAsync(browser, "admin", Password);
        using var script = await browser.SendAsync(Basic("admin", Password));

        Assert.Equal((HttpStatusCode.TooManyRequests, HttpStatusCode.TooManyRequests), (stopped.StatusCode, script.StatusCode));
    }

    [Fact]
    public async Task A_script_sends_its_password_along()
    {
        await using var house = await HouseAsync();
        using var script = Browser(house.Pages);

        using var nobody = await script.GetAsync("/api/worklist");
        using var wrong = await script.SendAsync(Basic("admin", "wrong"));
        using var right = await script.SendAsync(Basic("admin", Password));

        Assert.Equal((HttpStatusCode.Unauthorized, "Basic"), (nobody.StatusCode, nobody.Headers.WwwAuthenticate.Single().Scheme));
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (wrong.StatusCode, right.StatusCode));
    }

    [Fact]
    public async Task A_pages_script_is_not_answered_with_a_window_that_asks_for_a_password()
    {
        await using var house = await HouseAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/dicom-web/studies");
        request.Headers.Add("Sec-Fetch-Mode", "cors");

        using var answer = await house.Browser.SendAsync(request);

        Assert.Equal((HttpStatusCode.Unauthorized, 0), (answer.StatusCode, answer.Headers.WwwAuthenticate.Count));
    }

    [Fact]
    public async Task Probes_and_the_web_hook_need_no_sign_in()
    {
        await using var house = await HouseAsync();

        Assert.Equal(HttpStatusCode.OK, (await house.Pages.GetAsync("/health")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await house.Pages.GetAsync("/metrics")).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await house.Pages.PostAsync("/api/orthanc/new-instance", null)).StatusCode);
    }

    [Theory]
    [InlineData("//stranger.example/", "/")]
    [InlineData("/\\stranger.example", "/")]
    [InlineData("https://stranger.example/", "/")]
    [InlineData("/sign-out", "/")]
    [InlineData("/viewer?StudyInstanceUIDs=1.2", "/viewer?StudyInstanceUIDs=1.2")]
    public async Task The_way_back_never_leads_to_another_site(string asked, string target)
    {
        await using var house = await HouseAsync();
        using var browser = Browser(house.Pages);

        using var signedIn = await SignInAsync(browser, "admin", Password, asked);

        Assert.Equal(target, signedIn.Headers.Location!.ToString());
    }

    [Fact]
    public async Task A_page_of_another_site_can_send_nothing_here()
    {
        await using var house = await ViewerHouse.StartAsync();
        using var foreign = new HttpRequestMessage(HttpMethod.Post, "/api/orthanc/new-instance");
        foreign.Headers.Add("Origin", "http://stranger.example");
        using var neighbour = new HttpRequestMessage(HttpMethod.Post, "/api/orthanc/new-instance");
        neighbour.Headers.Add("Sec-Fetch-Site", "same-site");

        Assert.Equal(HttpStatusCode.Forbidden, (await house.Pages.SendAsync(foreign)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await house.Pages.SendAsync(neighbour)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await house.Pages.PostAsync("/api/orthanc/new-instance", null)).StatusCode);
    }

    private static async Task<ViewerHouse> HouseAsync()
    {
        var folder = Directory.CreateTempSubdirectory("gantry-keys-").FullName;
        return await ViewerHouse.StartAsync([.. Settings, $"Accounts:KeyFolder={folder}"]);
    }

    private static HttpClient Browser(HttpClient at, CookieContainer? cookies = null) =>
        new(new SocketsHttpHandler { CookieContainer = cookies ?? new(), AllowAutoRedirect = false }) { BaseAddress = at.BaseAddress };

    private static HttpRequestMessage Navigation(string path)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd("text/html");
        return request;
    }

    private static HttpRequestMessage Basic(string name, string password) => new(HttpMethod.Get, "/api/worklist")
    {
        Headers = { Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{password}"))) },
    };

    private static async Task<HttpResponseMessage> SignInAsync(HttpClient browser, string name, string password, string target = "/") =>
        await browser.PostAsync("/sign-in", new FormUrlEncodedContent(
            [new("token", await TokenAsync(browser, "/sign-in")), new("name", name), new("password", password), new("return", target)]));

    private static async Task<string> TokenAsync(HttpClient browser, string page) =>
        HiddenToken().Match(await browser.GetStringAsync(page)).Groups[1].Value;

    [GeneratedRegex("name=\"token\" value=\"([^\"]*)\"")]
    private static partial Regex HiddenToken();
}

/// <summary>Settings of accounts that cannot work say what to change.</summary>
public sealed class AccountSettingsTests
{
    [Fact]
    public void A_hash_fits_its_password_and_no_other()
    {
        var hash = Passwords.Hash("correct horse");

        Assert.True(Passwords.IsHash(hash) && Passwords.Fits(hash, "correct horse"));
        Assert.False(Passwords.Fits(hash, "Correct horse") || Passwords.Fits(null, "correct horse"));
        Assert.False(Passwords.IsHash("correct horse") || Passwords.IsHash("") || Passwords.IsHash("AQ=="));
    }

    [Theory]
    [InlineData("Accounts:Users", "there is none", "Accounts:Enabled=true")]
    [InlineData("Accounts:Users:0:PasswordHash", "no hash", "Accounts:Enabled=true", "Accounts:Users:0:Name=a", "Accounts:Users:0:PasswordHash=secret")]
    public async Task They_name_the_key_and_the_way_out(string key, string words, params string[] settings)
    {
        var error = await Assert.ThrowsAsync<Gantry.Sidecar.Settings.SettingsException>(() => Gantry.Sidecar.Tests.Hosting.RunningGateway.StartAsync(settings));

        var problem = Assert.Single(error.Problems).ToString();
        Assert.Contains(key, problem, StringComparison.Ordinal);
        Assert.Contains(words, problem, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", problem, StringComparison.Ordinal);
    }
}
