using Muster.Core.Contracts;
using Muster.Core.Planning;
using Muster.Core.Policy;
using static Muster.Core.Tests.Planning.PlanningFacts;

namespace Muster.Core.Tests.Planning;

public sealed class PlanProperties
{
    private const int Runs = 1_500;

    [Fact]
    public void Every_plan_places_everybody_once_and_nobody_beside_whom_they_meet()
    {
        for (var seed = 0; seed < Runs; seed++)
        {
            var (issues, live, slots) = World(new Random(seed));
            var plan = WavePlanner.Plan(issues, live, slots, RepoPolicy.Default, Tree);
            var running = plan.Placements.Where(p => p.Value is Placement.Runs).Select(p => p.Key).ToHashSet();
            var working = live.Where(w => w.Stage == LiveStage.Working).ToList();

            Assert.Equal(issues.Select(i => i.Number).Order(Comparer<IssueNumber>.Create((a, b) => a.Value.CompareTo(b.Value))), plan.Placements.Keys);
            Assert.Equal(running.Count, plan.Width);
            Assert.True(running.Count == 0 || running.Count + working.Count <= slots, $"seed {seed}: more than {slots} at once");
            Assert.All(plan.Edges, e => Assert.False(running.Contains(e.From) && (running.Contains(e.To) || live.Any(w => w.Issue == e.To)), $"seed {seed}: {e.Reason}"));
            foreach (var (issue, placement) in plan.Placements)
            {
                if (placement is not Placement.Waits waits)
                    continue;
                Assert.NotEmpty(waits.On);
                Assert.All(waits.On, w => Assert.True(w.Reason.Contains(issue.ToString(), StringComparison.Ordinal) && w.Reason.EndsWith('.') && w.Issue != issue, $"seed {seed}: {w}"));
                Assert.Equal(waits.On.Count, waits.On.Distinct().Count());
            }
        }
    }

    [Fact]
    public void The_footprints_of_what_runs_share_no_path_unless_a_person_released_them()
    {
        var index = new PathIndex(Tree);
        for (var seed = 0; seed < Runs; seed++)
        {
            var (issues, live, slots) = World(new Random(seed));
            var plan = WavePlanner.Plan(issues, live, slots, RepoPolicy.Default, Tree);
            var running = issues.Where(i => plan.Placements[i.Number] is Placement.Runs).ToList();
            foreach (var a in running)
            {
                foreach (var b in running.Where(b => b.Number.Value < a.Number.Value && !a.Released.Contains(b.Number) && !b.Released.Contains(a.Number)))
                {
                    var (one, other) = (((ContractReading.Understood)a.Reading).Contract, ((ContractReading.Understood)b.Reading).Contract);
                    Assert.Empty(Globs.Common(new Globs(one.Scope), new Globs(other.Scope), Tree.Paths));
                    Assert.Null(Footprint.Of(one, index).Collides(Footprint.Of(other, index)));
                    Assert.DoesNotContain(Local(b.Number.Value), one.DependsOn.Where(d => a.Dependencies[d] != DependencyState.ClosedCompleted));
                }
            }
        }
    }

    [Fact]
    public void The_order_in_which_facts_come_changes_nothing()
    {
        for (var seed = 0; seed < Runs; seed++)
        {
            var random = new Random(seed);
            var (issues, live, slots) = World(random);
            var plan = WavePlanner.Plan(issues, live, slots, RepoPolicy.Default, Tree);
            random.Shuffle(issues);
            random.Shuffle(live);

            Assert.Equal(Told(plan), Told(WavePlanner.Plan(issues, live, slots, RepoPolicy.Default, Tree)));
        }
    }

    [Fact]
    public void Something_runs_where_something_can()
    {
        for (var seed = 0; seed < Runs; seed++)
        {
            var (issues, _, _) = World(new Random(seed));
            var plan = WavePlanner.Plan(issues, [], 10, RepoPolicy.Default, Tree);

            // Nobody may wait only for issues that wait for them in turn: in the end somebody starts.
            foreach (var waits in plan.Placements.Values.OfType<Placement.Waits>().SelectMany(w => w.On).Where(w => w.Kind == WaitKind.Overlap))
                Assert.IsType<Placement.Runs>(plan.Placements[waits.Issue!.Value]);
        }
    }

    private static string Told(WavePlan plan) => System.Text.Json.JsonSerializer.Serialize(
        new { Placements = plan.Placements.Select(p => new { p.Key, p.Value }), plan.Width, plan.Edges });

    private static (IssueFacts[] Issues, LiveWork[] Live, int Slots) World(Random random)
    {
        string[] scopes = ["src/**", "src/parser/**", "src/web/*", "docs", "docs/guide.md", "**/*.cs", "tools/{a,b}", "", "src/parser/Lexer.cs"];
        string Scope() => string.Join(' ', Enumerable.Range(0, random.Next(1, 3)).Select(_ => scopes[random.Next(scopes.Length)]));
        var count = random.Next(1, 12);
        var issues = Enumerable.Range(1, count).Select(n =>
        {
            var facts = Issue(n, Scope(), random.Next(3) == 0 ? [random.Next(1, count + 3)] : null, (DependencyState)random.Next(5));
            if (random.Next(6) == 0)
                facts = facts.With(Pull(100 + n, (WorkState)random.Next(3), random.Next(2) == 0, (WorkLink)random.Next(4)));
            return facts with
            {
                Priority = random.Next(3),
                Released = random.Next(5) == 0 ? new HashSet<IssueNumber> { new(random.Next(1, count + 1)) } : new HashSet<IssueNumber>(),
                Held = random.Next(9) == 0 ? "wait" : null,
            };
        }).ToArray();
        var live = Enumerable.Range(50, random.Next(4)).Select(n => Live(n, Scope(), (LiveStage)random.Next(3), 200 + n)).ToArray();
        return (issues, live, random.Next(8));
    }
}
