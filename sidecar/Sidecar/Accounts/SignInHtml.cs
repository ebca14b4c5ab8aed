using System.Net;

namespace Gantry.Sidecar.Accounts;

/// <summary>What the pages to sign in and out look like.</summary>
internal static class SignInHtml
{
    public const string Style = """
        :root { color-scheme: light dark; --ink: #1b2529; --ground: #f6f8f8; --card: #fff; --line: #8a9aa0; --accent: #1d5f73; --bad: #b3261e; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e6edef; --ground: #12191c; --card: #1a2428; --line: #71858d; --accent: #7cc4d8; --bad: #ff8f86; } }
        * { box-sizing: border-box; }
        body { margin: 0; font: 1rem/1.5 system-ui, sans-serif; color: var(--ink); background: var(--ground); }
        main { max-width: 24rem; margin: 10vh auto; padding: 1.5rem; background: var(--card); border-radius: .5rem; }
        h1 { font-size: 1.4rem; margin: 0 0 1rem; }
        label { display: block; margin: .75rem 0 .25rem; }
        input { font: inherit; width: 100%; padding: .5rem; color: inherit; background: var(--ground); border: 1px solid var(--line); border-radius: .25rem; }
        button { font: inherit; margin-top: 1.25rem; padding: .5rem 1.25rem; min-height: 2.75rem; color: var(--card); background: var(--accent); border: 0; border-radius: .25rem; }
        .error { margin: 0; padding: .5rem .75rem; border-left: .25rem solid var(--bad); color: var(--bad); }
        :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
        """;

    /// <summary>The form to sign in.</summary>
    /// <param name="target">Where to go then; a path on this port.</param>
    /// <param name="token">Proves that the form is ours.</param>
    /// <param name="error">What was wrong with the last attempt; null for nothing.</param>
    public static string SignIn(string target, string token, string? error) => Page("Sign in", $"""
        <h1>Gantry: sign in</h1>
        {(error is null ? "" : $"<p class=\"error\" role=\"alert\">{Text(error)}</p>")}
        <form method="post" action="{SignInPage.Path}">
        <input type="hidden" name="token" value="{Text(token)}"><input type="hidden" name="return" value="{Text(target)}">
        <label for="name">Name</label>
        <input id="name" name="name" autocomplete="username" autocapitalize="none" spellcheck="false" required autofocus>
        <label for="password">Password</label>
        <input id="password" name="password" type="password" autocomplete="current-password" required>
        <button type="submit">Sign in</button>
        </form>
        """);

    /// <summary>The form to sign out.</summary>
    public static string SignOut(string? name, string token) => Page("Sign out", name is null
        ? $"""<h1>Gantry</h1><p>Nobody is signed in. <a href="{SignInPage.Path}">Sign in</a></p>"""
        : $"""
        <h1>Gantry: sign out</h1>
        <p>Signed in as {Text(name)}.</p>
        <form method="post" action="/sign-out"><input type="hidden" name="token" value="{Text(token)}"><button type="submit">Sign out</button></form>
        """);

    private static string Page(string title, string body) => $"""
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{title} - Gantry</title>
        <link rel="icon" href="data:,"><link rel="stylesheet" href="/sign-in.css"></head>
        <body><main>{body}</main></body></html>
        """;

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
