namespace Muster.Core.Wire;

/// <summary>The paths of the app's runner API and the messages on them. All but enrolment are signed by the runner's own key.</summary>
public static class RunnerApi
{
    public const int Version = 1;
    public const string Enrol = "/runner/v1/enrol";
    public const string Poll = "/runner/v1/poll";

    public static string Claim(JobId job) => $"/runner/v1/jobs/{job.Value}/claim";

    public static string Renew(JobId job) => $"/runner/v1/jobs/{job.Value}/renew";

    public static string Started(JobId job) => $"/runner/v1/jobs/{job.Value}/started";

    public static string FetchToken(JobId job) => $"/runner/v1/jobs/{job.Value}/fetch-token";

    public static string Push(JobId job) => $"/runner/v1/jobs/{job.Value}/push";

    public static string Report(JobId job) => $"/runner/v1/jobs/{job.Value}/report";

    /// <summary>The runner's id, as enrolment gave it.</summary>
    public const string RunnerHeader = "X-Muster-Runner";

    /// <summary>Unix seconds; more than five minutes from the app's clock is refused.</summary>
    public const string TimeHeader = "X-Muster-Time";

    /// <summary>Base64 of ECDSA P-256 with SHA-256 over <see cref="SignedText"/>.</summary>
    public const string SignatureHeader = "X-Muster-Signature";

    /// <summary>What a signature covers: method, path, time and the body's SHA-256 in lower-case hexadecimal, one a line.</summary>
    public static string SignedText(string method, string path, string time, string bodySha256) =>
        $"{method}\n{path}\n{time}\n{bodySha256}";
}

/// <summary>Asks to be known. The public key is the SubjectPublicKeyInfo of a P-256 key, in base64.</summary>
public sealed record EnrolRequest(string Token, string Name, string PublicKey, RunnerInfo Info);

public sealed record EnrolAnswer(string Runner);

/// <summary>What a runner is and what it can play. The app never offers it a job it cannot run.</summary>
/// <param name="Sandbox">Whether it proved at start that it can sandbox.</param>
public sealed record RunnerInfo(
    string Version,
    string Architecture,
    int Slots,
    bool Sandbox,
    IReadOnlyList<AgentInfo> Agents);

/// <summary>One entry of runner.yml: role, and who plays it.</summary>
/// <param name="Id"><c>role/index</c>, for example <c>review/0</c>.</param>
/// <param name="Identity">What independence is judged by: the provider's name; for a command without one, its executable's path.</param>
public sealed record AgentInfo(string Id, JobKind Role, string Harness, string Identity, string? Provider, string? Model);

/// <summary>Waits for a bell, at most as long as the app holds a poll (25 s).</summary>
/// <param name="Free">Slots that could start a job now.</param>
/// <param name="Running">Jobs at work, so that a restart of either side is noticed.</param>
public sealed record PollRequest(RunnerInfo Info, int Free, IReadOnlyList<JobId> Running);

/// <summary>The doorbell: it says where to look; the store says what is true.</summary>
/// <param name="Mac">HMAC-SHA256 over version, job and epoch, in base64; claimed with the bell, checked by the app.</param>
public sealed record Bell(int Version, JobId Job, Epoch Epoch, string Mac);

/// <summary>Claims by compare-and-set: it succeeds once for each epoch.</summary>
public sealed record ClaimRequest(Bell Bell);

/// <summary>The claimed job and how long the lease lasts on the app's clock.</summary>
public sealed record ClaimAnswer(JobOrder Order, double LeaseSeconds);

/// <summary>Says which claim is speaking. Answered by 409 where another epoch is current.</summary>
public sealed record EpochRequest(Epoch Epoch);

/// <param name="Stop">A person cancelled: end the agent, publish nothing.</param>
public sealed record RenewAnswer(double LeaseSeconds, bool Stop);

/// <summary>The agent's process is running.</summary>
/// <param name="SpawnSeconds">From a workspace that stood ready to a process that runs in its sandbox.</param>
public sealed record StartedRequest(Epoch Epoch, string Agent, string Identity, double SpawnSeconds);

/// <summary>A token for one repository, one job and one purpose; null where the repository needs none.</summary>
public sealed record TokenAnswer(string? Token);

/// <summary>Asks to push: the gates passed here on this commit.</summary>
/// <param name="RemoteSeen">Where the remote branch stood when an earlier push was rejected; null at first.</param>
public sealed record PushRequest(Epoch Epoch, CommitSha Head, Evidence Evidence, GateVerdict Gates, CommitSha? RemoteSeen, string? RemoteTrailer);

/// <param name="Expected">The commit the remote branch must stand on; null = it must not exist.</param>
public sealed record PushAnswer(bool Allowed, string? Why, string? Token, CommitSha? Expected);

public sealed record ReportRequest(Epoch Epoch, JobReport Report);

/// <summary>Every refusal of the runner API: what is wrong and what to do.</summary>
public sealed record RefusalAnswer(string Error, string Remedy);
