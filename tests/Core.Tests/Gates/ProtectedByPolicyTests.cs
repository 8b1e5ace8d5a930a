using Muster.Core.Contracts;
using Muster.Core.Gates;
using Muster.Core.Wire;

namespace Muster.Core.Tests.Gates;

public sealed class ProtectedByPolicyTests
{
    [Theory]
    [InlineData("deploy/prod.sh", false)]
    [InlineData("src/a.sh", true)]
    public void What_the_policy_protects_is_refused(string path, bool passes)
    {
        var sha = new CommitSha(new string('a', 40));
        var change = new Change(
            sha, sha, new CommitSha(new string('b', 40)), true,
            [new ChangedFile(path, FileStatus.Modified, 100644, 100644, "one\n", "two\n", false)],
            new Dictionary<string, IReadOnlyList<Place>>());

        var verdict = GateRun.Evaluate(change, Evidence.None, new Contract(), new GateRules(new Dictionary<string, GateAction>(), ["deploy/**"]));

        Assert.Equal(passes, verdict.Passed);
    }
}
