namespace Muster.GitHubSimulator.Pages;

/// <summary>The frame around every page, and the pieces several of them use.</summary>
internal static class Layout
{
    private static readonly Html Style = new("""
        <style>
        :root { color-scheme: light dark; --line: #8885; --soft: #8881; --dim: #777; }
        body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 1.5rem auto; padding: 0 1rem; }
        h1 { font-size: 1.5rem; margin: .5rem 0; } h2 { font-size: 1.1rem; margin: 1.5rem 0 .5rem; }
        a { color: #2a6fd6; text-decoration: none; } a:hover { text-decoration: underline; }
        nav, .dim { color: var(--dim); } table { border-collapse: collapse; width: 100%; }
        td { padding: .3rem .5rem; border-top: 1px solid var(--line); vertical-align: top; }
        .tag { border: 1px solid var(--line); border-radius: 1rem; padding: 0 .6rem; font-size: .85rem; white-space: nowrap; }
        .open, .success, .APPROVED { background: #2da44e33; } .merged { background: #8250df33; } .closed { background: #8883; }
        .failure, .CHANGES_REQUESTED { background: #cf222e33; } .draft, .DISMISSED { background: #8883; }
        .box { border: 1px solid var(--line); border-radius: .4rem; margin: .7rem 0; }
        .box > header { background: var(--soft); padding: .3rem .7rem; border-bottom: 1px solid var(--line); }
        .box > pre, .box > div { margin: 0; padding: .6rem .7rem; overflow-x: auto; }
        pre { font: 13px/1.45 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
        .add { background: #2da44e2b; display: block; } .del { background: #cf222e2b; display: block; } .hunk { color: var(--dim); display: block; }
        </style>
        """);

    public static Html Page(string title, Html body) => Html.Of($"""
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title>{Style}</head>
        <body>{body}</body></html>
        """);

    public static Html Tag(string text, string kind = "") => Html.Of($"<span class=\"tag {kind}\">{text}</span> ");

    /// <summary>Something somebody wrote, under who and when.</summary>
    public static Html Box(Html heading, string? text) => Html.Of(
        $"<section class=\"box\"><header>{heading}</header><pre>{(string.IsNullOrWhiteSpace(text) ? "No text." : text)}</pre></section>");
}
