using System.Text.RegularExpressions;
using Gantry.EndToEnd.Tests.Browser;
using Microsoft.Playwright;

namespace Gantry.EndToEnd.Tests.Killed;

/// <summary>Somebody at the clinic's desk: looks at the day's page all the time, and clicks again until a participant is sent.</summary>
internal sealed partial class ClinicDesk
{
    private readonly IPage _page;
    private readonly string _day;

    private ClinicDesk(IPage page, string day, IReadOnlyList<string> appointments) => (_page, _day, Appointments) = (page, day, appointments);

    /// <summary>Ids of the day's appointments.</summary>
    public IReadOnlyList<string> Appointments { get; }

    public static async Task<ClinicDesk> OpenAsync(Chromium chromium, string address)
    {
        var page = await chromium.OpenAsync();
        await page.GotoAsync($"{address}/clinics");
        await page.GetByLabel("Email address").FillAsync(ClinicSystem.ClinicUser);
        await page.GetByLabel("Password").FillAsync("gantry-demo-2026");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.Locator("main table a").First.ClickAsync();
        await page.Locator("tbody tr").First.WaitForAsync();
        var rows = await page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('tbody tr')].map(row => row.id.replace('appointment-', ''))");
        return new(page, page.Url, rows);
    }

    /// <summary>Sends a participant to the modality, by the form of the page.</summary>
    public Task SendAsync(string appointment) => Patience.UntilAsync(async () =>
    {
        try
        {
            var html = await (await _page.APIRequest.GetAsync(_day, new() { Timeout = 10_000 })).TextAsync();
            if (Token().Match(html) is not { Success: true } token)
                return (html.Contains("<tbody", StringComparison.Ordinal), "the day's page has no form any more");
            var form = _page.APIRequest.CreateFormData();
            form.Set("appointmentId", appointment);
            form.Set("__RequestVerificationToken", token.Groups["token"].Value);
            var answer = await _page.APIRequest.PostAsync($"{_day}?handler=Send", new() { Form = form, Timeout = 10_000, MaxRedirects = 0 });
            // 409: a click before was heard, though its answer was lost, and the exam has begun
            return (answer.Status is 302 or 409, $"{answer.Status}");
        }
        catch (PlaywrightException error)
        {
            return (false, error.Message);
        }
    }, TimeSpan.FromMinutes(2));

    /// <summary>The state that the page shows, without being loaded again by anybody.</summary>
    public Task SeesAsync(string appointment, string state) =>
        _page.Locator($"tr[id='appointment-{appointment}'] [data-state={state}]").WaitForAsync();

    /// <summary>How many images an appointment's page shows.</summary>
    public async Task<int> ImagesOfAsync(string appointment)
    {
        var html = await (await _page.APIRequest.GetAsync($"{_day}/appointment/{appointment}")).TextAsync();
        return Thumbnail().Count(html);
    }

    [GeneratedRegex("<img[^>]* src=\"/api/image/")]
    private static partial Regex Thumbnail();

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"(?<token>[^\"]+)\"")]
    private static partial Regex Token();
}
