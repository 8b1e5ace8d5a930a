using Muster.Core.Contracts;

namespace Muster.Core.Tests.Contracts;

public sealed class ContractHashTests
{
    private static readonly Contract Some = new() { Scope = ["a", "b"], Acceptance = ["x", "y"], Tests = ["T"], DependsOn = [new(null, new(4))] };

    [Fact]
    public void The_hash_is_64_hexadecimal_digits_and_stays_the_same_from_version_to_version() =>
        Assert.Equal("6e2952f8b4a39b4ec82f1b835110afb2", ContractHash.Of(new Contract())[..32]);

    [Fact]
    public void The_order_of_a_set_means_nothing_and_that_of_commands_does()
    {
        Assert.Equal(ContractHash.Of(Some), ContractHash.Of(Some with { Scope = ["b", "a", "b"], Inferred = ["acceptance"] }));
        Assert.NotEqual(ContractHash.Of(Some), ContractHash.Of(Some with { Acceptance = ["y", "x"] }));
    }

    public static TheoryData<Contract> Others =>
    [
        Some with { Scope = ["a b"] },
        Some with { Scope = ["a"], Exclude = ["b"] },
        Some with { Files = ["c"] },
        Some with { Tests = [] },
        Some with { DependsOn = [new(new("o", "n"), new(4))] },
        Some with { Base = "" },
        Some with { Agent = new Dictionary<string, AgentChoice> { ["review"] = new("p") } },
        Some with { Risk = Risk.Low },
        Some with { Budget = new Budget(Minutes: 4) },
        Some with { Budget = new Budget(Commits: 4) },
        Some with { Mentioned = ["c"] },
    ];

    [Theory, MemberData(nameof(Others))]
    public void Whatever_is_asked_differently_hashes_differently(Contract other) => Assert.NotEqual(ContractHash.Of(Some), ContractHash.Of(other));
}
