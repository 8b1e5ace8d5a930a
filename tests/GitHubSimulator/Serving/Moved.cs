using System.Text.Json.Nodes;
using Muster.GitHubSimulator.State;

namespace Muster.GitHubSimulator.Serving;

/// <summary>
/// A repository is asked for by a name it used to have. GitHub sends the asker to its number, 301 to who reads and 307
/// to who writes.
/// </summary>
internal sealed class Moved(Repository repository) : Exception("Moved Permanently")
{
    public Reply ToReply(HttpContext http, string url)
    {
        var rest = http.Request.Path.Value!.Split('/', 5);
        var address = $"{url}/repositories/{repository.Id}{(rest.Length > 4 ? "/" + rest[4] : "")}{http.Request.QueryString}";
        http.Response.Headers.Location = address;
        var reads = HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method);
        return new Reply(reads ? 301 : 307, new JsonObject
        {
            ["message"] = reads ? "Moved Permanently" : "Temporary Redirect",
            ["url"] = address,
            ["documentation_url"] = "https://docs.github.com/rest/guides/best-practices-for-using-the-rest-api#follow-redirects",
        });
    }
}
