using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Muster.Core.Contracts;

/// <summary>
/// One number for what a contract says, so that two programs can tell that they hold the same one. Sets are sorted, so
/// writing the same things in another order changes nothing; commands keep their order, because it is one.
/// </summary>
public static class ContractHash
{
    /// <summary>SHA-256, 64 lower-case hexadecimal digits.</summary>
    public static string Of(Contract contract)
    {
        var text = new StringBuilder("muster contract 1\n");
        Write(text, "scope", Sorted(contract.Scope));
        Write(text, "exclude", Sorted(contract.Exclude));
        Write(text, "files", Sorted(contract.Files));
        Write(text, "acceptance", contract.Acceptance);
        Write(text, "tests", Sorted(contract.Tests));
        Write(text, "depends_on", Sorted(contract.DependsOn.Select(issue => issue.ToString().ToLowerInvariant())));
        Write(text, "base", [contract.Base]);
        foreach (var (role, choice) in contract.Agent.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            Write(text, $"agent {role}", [choice.Provider, choice.Agent, choice.Model]);
        Write(text, "risk", [contract.Risk?.ToString()]);
        Write(text, "budget", [Number(contract.Budget.Minutes), Number(contract.Budget.Tokens), Number(contract.Budget.Commits)]);
        Write(text, "mentioned", Sorted(contract.Mentioned));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static IEnumerable<string> Sorted(IEnumerable<string> values) => values.Distinct().Order(StringComparer.Ordinal);

    private static string? Number(long? value) => value?.ToString(CultureInfo.InvariantCulture);

    // Each value carries its length, so that no value can pass for two.
    private static void Write(StringBuilder text, string key, IEnumerable<string?> values)
    {
        text.Append(key);
        foreach (var value in values)
            text.Append(CultureInfo.InvariantCulture, $" {value?.Length ?? -1}:{value}");
        text.Append('\n');
    }
}
