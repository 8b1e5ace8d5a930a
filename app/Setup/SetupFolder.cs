using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Muster.App.GitHub;

namespace Muster.App.Setup;

/// <summary>An App that GitHub has just made, with all that signs in its name.</summary>
public sealed record RegisteredApp(long Id, string Slug, string? HtmlUrl, string Pem, string? WebhookSecret);

/// <summary>What is kept of an App beside its key.</summary>
public sealed record StoredApp(long AppId, string Slug, string? HtmlUrl, string? WebhookSecret);

/// <summary>Where <c>./bot up</c> keeps the Apps' credentials: a folder of the owner's alone, in files of mode 600.</summary>
public sealed class SetupFolder(string path)
{
    private const UnixFileMode Mine = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly string[] Keys = ["AppId", "PrivateKeyPath", "WebhookSecret"];

    public string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <summary>The author App is there, and a reviewer App or the word that there shall be none.</summary>
    public bool IsComplete => Find(GitHubIdentity.Author) is not null && (Find(GitHubIdentity.Reviewer) is not null || File.Exists(OneApp));

    private string OneApp => System.IO.Path.Combine(Path, "one-app");

    public StoredApp? Find(GitHubIdentity identity)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(About(identity)), SetupJson.Default.StoredApp);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    public string KeyFile(GitHubIdentity identity) => System.IO.Path.Combine(Path, $"{Name(identity)}.pem");

    /// <summary>Why nothing can be written here; null where it can. Asked before GitHub makes an App whose key would be lost.</summary>
    public string? WhyNotWritable()
    {
        try
        {
            Write(".probe", "");
            File.Delete(System.IO.Path.Combine(Path, ".probe"));
            return null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return fault.Message;
        }
    }

    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public void Store(GitHubIdentity identity, RegisteredApp app)
    {
        // The key first: what says that the App is there must not be there before it.
        Write($"{Name(identity)}.pem", app.Pem);
        var about = new StoredApp(app.Id, app.Slug, app.HtmlUrl, app.WebhookSecret);
        Write($"{Name(identity)}.json", JsonSerializer.Serialize(about, SetupJson.Default.StoredApp));
    }

    /// <summary>There shall be no reviewer App.</summary>
    public void StoreOneApp() => Write("one-app", "There is no reviewer App. Delete this file to be asked again by ./bot up.\n");

    /// <summary>The stored Apps as settings; an App that is set in any other way is left to that.</summary>
    public IReadOnlyDictionary<string, string?> Settings(IConfiguration given)
    {
        var settings = new Dictionary<string, string?>();
        foreach (var identity in Enum.GetValues<GitHubIdentity>())
        {
            if (IsGiven(given, identity) || Find(identity) is not { } app)
                continue;
            var section = Section(identity);
            settings[$"{section}:AppId"] = app.AppId.ToString(CultureInfo.InvariantCulture);
            settings[$"{section}:PrivateKeyPath"] = KeyFile(identity);
            if (identity is GitHubIdentity.Author)
                settings[$"{section}:WebhookSecret"] = app.WebhookSecret;
        }

        return settings;
    }

    /// <summary>Whether any setting of the App stands elsewhere.</summary>
    public static bool IsGiven(IConfiguration given, GitHubIdentity identity) =>
        Keys.Any(key => !string.IsNullOrWhiteSpace(given[$"{Section(identity)}:{key}"]));

    private static string Section(GitHubIdentity identity) => identity is GitHubIdentity.Author ? "Muster:GitHub" : "Muster:Reviewer";

    private static string Name(GitHubIdentity identity) => identity is GitHubIdentity.Author ? "author" : "reviewer";

    private string About(GitHubIdentity identity) => System.IO.Path.Combine(Path, $"{Name(identity)}.json");

    private void Write(string name, string text)
    {
        if (OperatingSystem.IsWindows())
            throw new IOException("On this system no file can be kept from everybody else by its mode.");
        Directory.CreateDirectory(Path, Mine | UnixFileMode.UserExecute);
        var (file, fresh) = (System.IO.Path.Combine(Path, name), System.IO.Path.Combine(Path, $".{name}.new"));
        // Made with its mode, not given it afterwards: nobody may look in between. What an earlier try left is not reused.
        File.Delete(fresh);
        using (var stream = new FileStream(fresh, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = Mine }))
        {
            stream.Write(System.Text.Encoding.UTF8.GetBytes(text));
            stream.Flush(flushToDisk: true);
        }

        File.Move(fresh, file, overwrite: true);
    }
}

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(StoredApp))]
internal sealed partial class SetupJson : JsonSerializerContext;
