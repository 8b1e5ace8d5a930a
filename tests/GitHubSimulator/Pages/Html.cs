using System.Globalization;
using System.Text.Encodings.Web;

namespace Muster.GitHubSimulator.Pages;

/// <summary>Markup that is safe to send: whatever is put into it is escaped, unless it is markup itself.</summary>
internal sealed record Html(string Markup)
{
    public static Html Empty { get; } = new("");

    public static Html Of(FormattableString template) => new(string.Format(
        CultureInfo.InvariantCulture, template.Format, [.. template.GetArguments().Select(Escape)]));

    public static Html Join(IEnumerable<Html> parts) => new(string.Concat(parts.Select(p => p.Markup)));

    private static string Escape(object? value) => value switch
    {
        Html html => html.Markup,
        null => "",
        DateTimeOffset at => at.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + " UTC",
        _ => HtmlEncoder.Default.Encode(Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""),
    };
}
