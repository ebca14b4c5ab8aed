using Microsoft.Playwright;

namespace Gantry.EndToEnd.Tests.Browser.Accessibility;

/// <summary>
/// Looks at pages by the rules of axe-core: WCAG 2.2 to level AA, and what it calls best practice. A page must also fit a window of 320
/// pixels (WCAG 1.4.10). What is found is gathered, so that a run tells everything at once.
/// </summary>
internal sealed class PageCheck(IPage page)
{
    private static readonly string[] Rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

    // Evaluated by the browser's own debugger, so that the pages' policy against foreign scripts stays as it is
    private static readonly string Script =
        File.ReadAllText(Path.Combine(GantrySystem.Root, "tests", "EndToEnd", "peers", "node_modules", "axe-core", "axe.min.js"));

    private const string Run = """
        async rules => {
          const found = await axe.run(document, { runOnly: { type: 'tag', values: rules } });
          if (found.passes.length < 10) return ['axe looked at next to nothing'];
          return found.violations.flatMap(rule => rule.nodes.map(node =>
            `${rule.id} (${rule.help}) at ${node.target.join(' ')}: ${node.html.slice(0, 160)} ${node.failureSummary.replace(/\s+/g, ' ')}`));
        }
        """;

    private const string Overflow = """
        () => document.documentElement.scrollWidth <= document.documentElement.clientWidth ? [] :
          [...document.body.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
            .slice(0, 3).map(e => `wider than 320 pixels: ${e.outerHTML.slice(0, 120)}`).concat(['the page scrolls sideways at 320 pixels'])
        """;

    private readonly List<string> _found = [];
    private readonly HashSet<string> _seen = [];
    private readonly HashSet<string> _linked = [];

    /// <summary>Looks at the page as it is now.</summary>
    /// <param name="name">Stands before each finding.</param>
    public async Task LookAsync(string name)
    {
        _seen.Add(PathOf(page.Url));
        _linked.UnionWith(await page.EvaluateAsync<string[]>(
            "() => [...document.links].filter(link => link.origin === location.origin).map(link => link.pathname)"));
        await page.EvaluateAsync(Script);
        _found.AddRange((await page.EvaluateAsync<string[]>(Run, Rules)).Select(finding => $"{name}: {finding}"));
        var size = page.ViewportSize!;
        await page.SetViewportSizeAsync(320, 640);
        _found.AddRange((await page.EvaluateAsync<string[]>(Overflow)).Select(finding => $"{name}: {finding}"));
        await page.SetViewportSizeAsync(size.Width, size.Height);
    }

    /// <summary>Goes somewhere and looks.</summary>
    public async Task LookAtAsync(string address)
    {
        await page.GotoAsync(address);
        await LookAsync(PathOf(address));
    }

    /// <summary>Looks at each page that the pages before lead to and that was not seen, so that a new one is never forgotten.</summary>
    /// <param name="origin">Such as http://localhost:8000.</param>
    /// <param name="kindOf">Paths with the same kind are one page with other contents.</param>
    public async Task LookAtTheRestAsync(string origin, Func<string, string> kindOf)
    {
        while (_linked.FirstOrDefault(path => _seen.All(seen => kindOf(seen) != kindOf(path))) is { } path)
        {
            _seen.Add(path);
            var answer = await page.APIRequest.GetAsync(origin + path);
            if (answer.Headers.GetValueOrDefault("content-type")?.StartsWith("text/html", StringComparison.Ordinal) == true)
                await LookAtAsync(origin + path);
        }
    }

    public void NothingWasFound() => Assert.True(_found.Count == 0, string.Join("\n", _found.Distinct()));

    private static string PathOf(string address) => new Uri(address).AbsolutePath;
}
