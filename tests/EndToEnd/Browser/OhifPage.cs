using Microsoft.Playwright;

namespace Gantry.EndToEnd.Tests.Browser;

/// <summary>OHIF as a radiologist has it before him: the study list, a study, the image in the viewport.</summary>
internal sealed class OhifPage
{
    // cornerstone tells each drawn image to the viewport's element; the event does not rise, so it is caught on its way down.
    // OHIF's thumbnails are drawn the same way, in viewports off the screen that soon are no more
    private const string Listen = """
        window.drawn = new Set();
        document.addEventListener('CORNERSTONE_IMAGE_RENDERED', e => window.drawn.add(e.detail.viewportId), true);
        window.shown = () => window.cornerstone?.getRenderingEngines().flatMap(engine => engine.getViewports()).find(viewport =>
            window.drawn.has(viewport.id) && viewport.getCurrentImageId?.() && viewport.canvas?.closest('[data-cy="viewport-grid"]'));
        """;

    private readonly string _address;
    private readonly List<string> _complaints = [];

    private OhifPage(IPage page, string address)
    {
        Page = page;
        _address = address;
        page.PageError += (_, error) => Complain($"script error: {error}");
        page.Response += (_, response) =>
        {
            if (response.Status >= 400)
                Complain($"{response.Status} for {response.Url}");
        };
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                Complain($"console: {message.Text} {message.Location}");
        };
        page.RequestFailed += (_, request) => Complain($"{request.Failure} for {request.Url}");
    }

    public IPage Page { get; }

    /// <summary>What went wrong since the page was opened: script errors, answers of 400 and above, requests without an answer.</summary>
    public IReadOnlyList<string> Complaints
    {
        get
        {
            lock (_complaints)
                return [.. _complaints];
        }
    }

    /// <param name="chromium">The browser.</param>
    /// <param name="address">Where the viewer is served, such as http://localhost:3000.</param>
    /// <param name="credentials">HTTP Basic, for pages of Orthanc's own.</param>
    public static async Task<OhifPage> StartAsync(Chromium chromium, string address, HttpCredentials? credentials = null)
    {
        var page = await chromium.OpenAsync(credentials);
        await page.AddInitScriptAsync(Listen);
        return new(page, address);
    }

    private void Complain(string complaint)
    {
        lock (_complaints)
            _complaints.Add(complaint);
    }

    public Task OpenListAsync() => Page.GotoAsync($"{_address}/");

    /// <summary>The deep link of a study.</summary>
    public Task OpenStudyAsync(string studyUid) => Page.GotoAsync($"{_address}/viewer?StudyInstanceUIDs={studyUid}");

    /// <summary>Waits until an image has been drawn in a viewport; the result says which.</summary>
    public async Task<ShownImage> ShownImageAsync(string? otherThan = null)
    {
        try
        {
            await Page.WaitForFunctionAsync("other => window.shown() && window.shown().getCurrentImageId() !== other", otherThan);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"No image was drawn. The page complained: {string.Join("; ", Complaints)}\n{await Page.InnerTextAsync("body")}");
        }
        return ShownImage.Parse(await Page.EvaluateAsync<string>("shown().getCurrentImageId()"));
    }

    /// <summary>Turns the wheel by one step over the image.</summary>
    public async Task ScrollAsync()
    {
        await Page.Locator("[data-cy=viewport-grid] canvas").First.HoverAsync();
        await Page.Mouse.WheelAsync(0, 100);
    }

    /// <summary>The row of the list with a description.</summary>
    public ILocator RowOf(string description) => Page.Locator("tbody tr").Filter(new() { HasText = description }).First;

    /// <summary>Opens the study that is chosen in the list, in OHIF's basic mode.</summary>
    public Task OpenChosenAsync() => Page.GetByText("Basic Viewer").First.ClickAsync();

    /// <summary>Waits until the viewport shows a picture, whatever is drawn before it; fails with how alike it came to be.</summary>
    public async Task ShowsAsync(byte[] png)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        double likeness = 0;
        // Half a minute: decoders are loaded when the first image of their kind is met
        for (var turn = 0; turn < 300; turn++)
        {
            likeness = await LikenessAsync(png);
            if (likeness > 0.97)
                return;
            await timer.WaitForNextTickAsync();
        }
        Assert.Fail($"The canvas is {likeness:0.000} like the picture. {string.Join("; ", Complaints)}");
    }

    /// <summary>
    /// How alike the viewport's canvas and a picture are: 1 is the same but for brightness and contrast, 0 has nothing to do
    /// with it. The picture is laid where cornerstone fits it, centred and as large as the canvas allows.
    /// </summary>
    private Task<double> LikenessAsync(byte[] png) => Page.EvaluateAsync<double>(
        """
        async png => {
          const picture = await createImageBitmap(new Blob([Uint8Array.from(atob(png), c => c.charCodeAt(0))], { type: 'image/png' }));
          const canvas = shown().canvas;
          const scale = Math.min(canvas.width / picture.width, canvas.height / picture.height);
          const width = picture.width * scale, height = picture.height * scale;
          const small = (source, ...area) => {
            const target = new OffscreenCanvas(64, 64), context = target.getContext('2d');
            context.drawImage(source, ...area, 0, 0, 64, 64);
            const bytes = context.getImageData(0, 0, 64, 64).data;
            return Array.from({ length: 4096 }, (_, i) => bytes[4 * i] + bytes[4 * i + 1] + bytes[4 * i + 2]);
          };
          const a = small(picture, 0, 0, picture.width, picture.height);
          const b = small(canvas, (canvas.width - width) / 2, (canvas.height - height) / 2, width, height);
          const mean = values => values.reduce((sum, v) => sum + v) / values.length;
          const am = mean(a), bm = mean(b);
          let ab = 0, aa = 0, bb = 0;
          for (let i = 0; i < a.length; i++) { ab += (a[i] - am) * (b[i] - bm); aa += (a[i] - am) ** 2; bb += (b[i] - bm) ** 2; }
          return aa === 0 || bb === 0 ? 0 : ab / Math.sqrt(aa * bb);
        }
        """, Convert.ToBase64String(png));
}

/// <summary>Which frame a viewport shows; <paramref name="Frame"/> counts from 1.</summary>
internal sealed record ShownImage(string ImageId, string StudyUid, string SeriesUid, string InstanceUid, int Frame)
{
    // wadors:ADDRESS/studies/UID/series/UID/instances/UID/frames/N
    public static ShownImage Parse(string imageId)
    {
        var parts = imageId.Split('/');
        string After(string name) => parts[Array.IndexOf(parts, name) + 1];
        return new(imageId, After("studies"), After("series"), After("instances"), int.Parse(After("frames"), System.Globalization.CultureInfo.InvariantCulture));
    }
}
