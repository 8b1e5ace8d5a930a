namespace FakeAgent.Acts;

/// <summary>Performs an act; an exit code ends the run at once and without a report.</summary>
internal delegate Task<int?> Perform(Act act, Stage stage);

/// <summary>Every act by its name.</summary>
internal static class Catalogue
{
    private static readonly Dictionary<string, Perform> Known = new(StringComparer.Ordinal)
    {
        ["write"] = Do(FileActs.Write),
        ["append"] = Do(FileActs.Append),
        ["replace"] = Do(FileActs.Replace),
        ["delete-file"] = Do(FileActs.Delete),
        ["symlink"] = Do(FileActs.Symlink),
        ["read-file"] = Do(FileActs.Read),
        ["delete-function"] = Do(CodeActs.DeleteFunction),
        ["stub-function"] = Do(CodeActs.StubFunction),
        ["add-test"] = Do(TestActs.Add),
        ["endless-tests"] = Do(TestActs.AddMany),
        ["print"] = Do(TalkActs.Print),
        ["flood"] = Do(TalkActs.Flood),
        ["lie"] = Report(_ => Reports.Lie),
        ["garbage-report"] = Report(_ => Reports.Garbage),
        ["big-report"] = Report(act => Reports.Big(act.Number("bytes", 5_000_000))),
        ["ask-login"] = TalkActs.AskLoginAsync,
        ["exit"] = EndActs.ExitAsync,
        ["crash"] = EndActs.CrashAsync,
        ["ignore-sigterm"] = Do(EndActs.IgnoreTerm),
        ["sleep"] = StayActs.SleepAsync,
        ["stall"] = StayActs.StallAsync,
        ["spin"] = StayActs.SpinAsync,
        ["daemonise"] = StayActs.DaemoniseAsync,
        ["commit"] = HostActs.CommitAsync,
        ["read-env"] = Do(HostActs.ReadEnvironment),
        ["network"] = HostActs.NetworkAsync,
    };

    public static Perform Find(string name) => Known.GetValueOrDefault(name)
        ?? throw new ScriptException($"no act is called \"{name}\"; there are {string.Join(", ", Known.Keys)}");

    private static Perform Do(Action<Act> perform) => (act, _) =>
    {
        perform(act);
        return Task.FromResult<int?>(null);
    };

    private static Perform Report(Func<Act, string> report) => (act, stage) =>
    {
        stage.RawReport = report(act);
        return Task.FromResult<int?>(null);
    };
}
