using Muster.App.Tests.Stories;

namespace Muster.Proofs.Deliveries;

/// <summary>One thing that a person does to an issue, with what GitHub says of it.</summary>
/// <param name="Starts">It asks for work, by somebody who may.</param>
/// <param name="Stops">It takes that back.</param>
internal sealed record HumanAct(string Says, Func<Bot, int, Task> DoAsync, bool Starts = false, bool Stops = false);

/// <summary>
/// What people do to one issue, one act after another, each of them possible when it is done, and what must come of it
/// in the end whatever order it is heard of in.
/// </summary>
internal sealed class History
{
    private readonly List<HumanAct> acts = [];
    private int? labelled;
    private int? started;
    private int stopped = -1;
    private bool open = true;
    private bool bug;
    private int edits;

    public IReadOnlyList<HumanAct> Acts => acts;

    /// <summary>Whether there must be work on it: it is open, and the newest word of somebody who may was to start.</summary>
    public bool IsLive => open && new[] { labelled, started }.Max() is { } start && start > stopped;

    public static History Draw(int length, Random random)
    {
        var history = new History();
        while (history.acts.Count < length)
        {
            history.Add(random);
        }

        return history;
    }

    private void Add(Random random)
    {
        var by = random.Next(2) == 0 ? "ann" : "wes";
        var now = acts.Count;
        switch (random.Next(14))
        {
            case 0 or 1 when labelled is null:
                acts.Add(new HumanAct($"{by} labels", (bot, issue) => bot.LabelAsync(issue, by: by), Starts: true));
                labelled = now;
                break;
            case 2 or 3 when labelled is not null:
                var taker = random.Next(3) == 0 ? "tess" : by;
                acts.Add(new HumanAct($"{taker} unlabels", (bot, issue) => bot.UnlabelAsync(issue, "agent:go", taker), Stops: true));
                (labelled, stopped) = (null, now);
                break;
            case 4:
                Say("/dispatch", by);
                started = now;
                break;
            case 5:
                Say("/dispatch cancel", by);
                stopped = now;
                break;
            case 6:
                Say("/dispatch", "rea");
                break;
            case 7:
                Say("/dispatch status", by);
                break;
            case 8:
                Say("What do you think?", by);
                break;
            case 9:
                var text = $"Do it like this: {++edits}";
                acts.Add(new HumanAct($"{by} edits", (bot, issue) => bot.EditAsync(issue, text, by)));
                break;
            case 10 when open:
                acts.Add(new HumanAct($"{by} closes", (bot, issue) => bot.CloseAsync(issue, by)));
                open = false;
                break;
            case 11 or 12 when !open:
                acts.Add(new HumanAct($"{by} reopens", (bot, issue) => bot.ReopenAsync(issue, by)));
                open = true;
                break;
            case 13:
                var on = !bug;
                acts.Add(new HumanAct(on ? "a label of theirs" : "theirs off", (bot, issue) => on ? bot.LabelAsync(issue, "bug") : bot.UnlabelAsync(issue, "bug")));
                bug = on;
                break;
        }
    }

    private void Say(string text, string by) => acts.Add(new HumanAct($"{by} says {text}", (bot, issue) => bot.SayAsync(issue, text, by)));
}
