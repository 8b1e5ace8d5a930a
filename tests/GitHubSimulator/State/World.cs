using System.Diagnostics.CodeAnalysis;

namespace Muster.GitHubSimulator.State;

/// <summary>Everything this GitHub knows. Whoever reads or writes it holds the <see cref="Gate"/>.</summary>
internal sealed class World(SimulatorOptions options)
{
    private long lastId = 1000;

    public SemaphoreSlim Gate { get; } = new(1, 1);

    /// <summary>GitHub's own clock, by which everything here happens.</summary>
    public ShiftedTime Time { get; } = new(options.Time ?? TimeProvider.System);

    /// <summary>How long a token is made where the request does not say.</summary>
    public int TokenLength { get; set; } = options.TokenLength;

    public SimulatorOptions Options { get; } = options;

    /// <summary>Where it serves, without a slash at the end; known once Kestrel has its port.</summary>
    public string Url { get; set; } = "";

    public Dictionary<string, Account> Accounts { get; } = new(StringComparer.OrdinalIgnoreCase);

    public SortedDictionary<long, AppRegistration> Apps { get; } = [];

    public Dictionary<string, ManifestCode> ManifestCodes { get; } = new(StringComparer.Ordinal);

    public List<Installation> Installations { get; } = [];

    public List<Repository> Repositories { get; } = [];

    public Dictionary<string, InstallationToken> InstallationTokens { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, Account> PersonTokens { get; } = new(StringComparer.Ordinal);

    /// <summary>GitHub's timestamps have whole seconds.</summary>
    public DateTimeOffset Now
    {
        get
        {
            var now = Time.GetUtcNow();
            return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond));
        }
    }

    public long NextId() => ++lastId;

    public long LastId => Volatile.Read(ref lastId);

    public bool TryRepository(string owner, string name, [NotNullWhen(true)] out Repository? repository)
    {
        repository = Repositories.Find(r =>
            r.Owner.Login.Equals(owner, StringComparison.OrdinalIgnoreCase) && r.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        return repository is not null;
    }

    /// <summary>The repository that had this name before, where no other has it now.</summary>
    public Repository? FormerRepository(string owner, string name) => TryRepository(owner, name, out _)
        ? null
        : Repositories.Find(r => r.FormerNames.Contains($"{owner}/{name}", StringComparer.OrdinalIgnoreCase));

    public Account AddAccount(string login, string type, string? token = null)
    {
        var account = new Account(NextId(), login, type, token);
        Accounts.Add(login, account);
        if (token is not null)
            PersonTokens.Add(token, account);
        return account;
    }

    public IEnumerable<Installation> InstallationsOn(Repository repository) =>
        Installations.Where(i => i.Repositories.Contains(repository));
}
