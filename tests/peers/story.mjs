// One story, told to any GitHub by Octokit's own App client. Each step answers facts, so that two GitHubs can be compared.
import { App } from "@octokit/app";
import { Octokit } from "@octokit/core";
import { createSign } from "node:crypto";
import { createServer } from "node:http";
import { Webhooks } from "@octokit/webhooks";

/** Starts a receiver that believes nothing whose signature @octokit/webhooks does not verify. */
export async function listen(secret) {
  const webhooks = new Webhooks({ secret });
  const heard = { verified: [], refused: 0, incomplete: 0 };
  const server = createServer(async (request, response) => {
    const parts = [];
    for await (const part of request) parts.push(part);
    const body = Buffer.concat(parts).toString("utf8");
    const header = (name) => request.headers[name] ?? "";
    const verified = await webhooks.verify(body, header("x-hub-signature-256")).catch(() => false);
    if (verified) {
      const payload = JSON.parse(body);
      heard.verified.push(payload.action ? `${header("x-github-event")}.${payload.action}` : header("x-github-event"));
      const complete = header("x-github-hook-id") && header("x-github-hook-installation-target-id") && header("user-agent").startsWith("GitHub-Hookshot/");
      heard.incomplete += complete ? 0 : 1;
    } else {
      heard.refused++;
    }
    response.writeHead(verified ? 202 : 401).end();
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return { url: `http://127.0.0.1:${server.address().port}/hook`, heard, close: () => new Promise((done) => server.close(done)) };
}

/** Tells the story and returns what each step found. */
export async function tell({ baseUrl, owner, repo, appId, judgeId, privateKey, stranger }) {
  const Plain = Octokit.defaults({ baseUrl, log: { debug() {}, info() {}, warn() {}, error() {} } });
  const judgeApp = new App({ appId: judgeId, privateKey, Octokit: Plain });
  const author = await on(new App({ appId, privateKey, Octokit: Plain }), owner);
  const judge = await on(judgeApp, owner);
  const here = { owner, repo };
  const steps = {};
  const step = async (name, route, parameters, facts = () => ({}), by = author) => {
    try {
      const { status, data, headers } = await by.request(route, { ...here, ...parameters });
      steps[name] = { status, ...facts(data, headers) };
      return data;
    } catch (fault) {
      if (fault.status === undefined) throw fault;
      steps[name] = { status: fault.status };
      return undefined;
    }
  };

  await step("find one's installation", "GET /repos/{owner}/{repo}/installation", {}, (i) => ({ own: i.app_id === judgeId }), judgeApp.octokit);
  const issue = await step("open an issue", "POST /repos/{owner}/{repo}/issues", { title: "Read hex", body: "As in #0." },
    (i) => ({ state: i.state, by: i.user.login, type: i.user.type }));
  await step("label it", "POST /repos/{owner}/{repo}/issues/{n}/labels", { n: issue.number, labels: ["agent:go"] }, (l) => ({ labels: l.map((x) => x.name) }));
  await step("comment", "POST /repos/{owner}/{repo}/issues/{n}/comments", { n: issue.number, body: "On it." }, (c) => ({ body: c.body, by: c.user.login }));
  await step("comment too long", "POST /repos/{owner}/{repo}/issues/{n}/comments", { n: issue.number, body: "x".repeat(262_145) });
  await step("list comments", "GET /repos/{owner}/{repo}/issues/{n}/comments", { n: issue.number }, (c) => ({ first: c[0].body }));

  const main = await step("find main", "GET /repos/{owner}/{repo}/git/ref/{ref}", { ref: "heads/main" }, (r) => ({ ref: r.ref }));
  const branch = { ref: "refs/heads/muster/1/1", sha: main.object.sha };
  await step("make a branch", "POST /repos/{owner}/{repo}/git/refs", branch, (r) => ({ ref: r.ref }));
  await step("make it again", "POST /repos/{owner}/{repo}/git/refs", branch);
  await step("write a file", "PUT /repos/{owner}/{repo}/contents/{path}",
    { path: "hex.txt", branch: "muster/1/1", message: "Read hex", content: Buffer.from("0x2a\n").toString("base64") }, (c) => ({ path: c.content.path }));

  const change = { title: "Read hex", head: "muster/1/1", base: "main", body: `Closes #${issue.number}` };
  const pull = await step("open a pull request", "POST /repos/{owner}/{repo}/pulls", change,
    (p) => ({ state: p.state, head: p.head.ref, changed: p.changed_files, by: p.user.login }));
  await step("open it again", "POST /repos/{owner}/{repo}/pulls", change);
  await step("open one from nowhere", "POST /repos/{owner}/{repo}/pulls", { ...change, head: "nowhere" });
  await step("see it as an issue", "GET /repos/{owner}/{repo}/issues/{n}", { n: pull.number }, (i) => ({ isPull: "pull_request" in i }));
  await step("list its files", "GET /repos/{owner}/{repo}/pulls/{n}/files", { n: pull.number }, (f) => ({ files: f.map((x) => x.filename) }));
  await step("find it by head", "GET /repos/{owner}/{repo}/pulls", { head: `${owner}:muster/1/1`, state: "all" }, (p) => ({ found: p.some((x) => x.number === pull.number) }));

  const sha = pull.head.sha;
  const review = "POST /repos/{owner}/{repo}/pulls/{n}/reviews";
  await step("approve one's own", review, { n: pull.number, event: "APPROVE" });
  await step("review one's own", review, { n: pull.number, event: "COMMENT", body: "Looked at it." }, (r) => ({ state: r.state }));
  await step("ask for changes without a word", review, { n: pull.number, event: "REQUEST_CHANGES" }, undefined, judge);
  const line = [{ path: "hex.txt", line: 1, side: "RIGHT", body: "Why?" }];
  await step("ask for changes", review, { n: pull.number, event: "REQUEST_CHANGES", body: "No.", commit_id: (await head(author, here, pull)) ?? sha, comments: line }, (r) => ({ state: r.state }), judge);
  await step("approve", review, { n: pull.number, event: "APPROVE", body: "Yes." }, (r) => ({ state: r.state, by: r.user.login }), judge);

  const check = { name: "muster/verdict", head_sha: sha, status: "completed", conclusion: "success" };
  const annotation = { path: "hex.txt", start_line: 1, end_line: 1, annotation_level: "notice", message: "m" };
  await step("check", "POST /repos/{owner}/{repo}/check-runs", check, (c) => ({ conclusion: c.conclusion, app: c.app?.slug ?? null }));
  await step("check with 51 annotations", "POST /repos/{owner}/{repo}/check-runs",
    { ...check, name: "many", output: { title: "t", summary: "s", annotations: Array(51).fill(annotation) } });

  const merge = "PUT /repos/{owner}/{repo}/pulls/{n}/merge";
  await step("merge another head", merge, { n: pull.number, sha: main.object.sha });
  await step("merge", merge, { n: pull.number, merge_method: "squash" }, (m) => ({ merged: m.merged }));
  await step("merge again", merge, { n: pull.number, merge_method: "squash" });
  await step("look at the issue", "GET /repos/{owner}/{repo}/issues/{n}", { n: issue.number }, (i) => ({ state: i.state, reason: i.state_reason ?? null }));
  await step("react", "POST /repos/{owner}/{repo}/issues/{n}/reactions", { n: issue.number, content: "eyes" });

  const conflict = await twoWays(author, here);
  await step("look at a conflict", "GET /repos/{owner}/{repo}/pulls/{n}", { n: conflict }, (p) => ({ mergeable: p.mergeable, state: p.mergeable_state }));
  await step("merge a conflict", merge, { n: conflict, merge_method: "merge" });

  await bare(steps, baseUrl, "come with an unknown token", here, `ghs_${"x".repeat(36)}`);
  await bare(steps, baseUrl, "come with an App's token that is good for 20 minutes", here, long(appId, privateKey));
  await step("look into another's house", "GET /repos/{owner}/{repo}", { repo: stranger });
  await step("end", "POST /repos/{owner}/{repo}/issues/{n}/comments", { n: issue.number, body: "The end." });
  return steps;
}

// By the list, because not every GitHub knows which App asks for the installation on a repository.
async function on(app, owner) {
  const { data } = await app.octokit.request("GET /app/installations");
  return await app.getInstallationOctokit(data.find((i) => i.account.login === owner).id);
}

async function head(octokit, here, pull) {
  return (await octokit.request("GET /repos/{owner}/{repo}/pulls/{n}", { ...here, n: pull.number })).data.head.sha;
}

// Two branches write the same file; the first is merged, the second is in its way.
async function twoWays(octokit, here) {
  const { data: main } = await octokit.request("GET /repos/{owner}/{repo}/git/ref/{ref}", { ...here, ref: "heads/main" });
  const numbers = [];
  for (const way of ["left", "right"]) {
    await octokit.request("POST /repos/{owner}/{repo}/git/refs", { ...here, ref: `refs/heads/${way}`, sha: main.object.sha });
    await octokit.request("PUT /repos/{owner}/{repo}/contents/{path}",
      { ...here, path: "way.txt", branch: way, message: way, content: Buffer.from(`${way}\n`).toString("base64") });
    const { data } = await octokit.request("POST /repos/{owner}/{repo}/pulls", { ...here, title: way, head: way, base: "main" });
    numbers.push(data.number);
  }
  await octokit.request("PUT /repos/{owner}/{repo}/pulls/{n}/merge", { ...here, n: numbers[0], merge_method: "merge" });
  return numbers[1];
}

async function bare(steps, baseUrl, name, { owner, repo }, token) {
  const response = await fetch(`${baseUrl}/repos/${owner}/${repo}`, { headers: { authorization: `Bearer ${token}` } });
  const app = await fetch(`${baseUrl}/app`, { headers: { authorization: `Bearer ${token}` } });
  steps[name] = { status: response.status, app: app.status };
}

function long(appId, privateKey) {
  const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const now = Math.floor(Date.now() / 1000);
  const text = `${part({ alg: "RS256", typ: "JWT" })}.${part({ iat: now - 30, exp: now + 1200, iss: appId })}`;
  return `${text}.${createSign("RSA-SHA256").update(text).sign(privateKey, "base64url")}`;
}

/** What the receiver found, once it has heard of the end. */
export async function hearing({ heard }) {
  const comments = () => heard.verified.filter((kind) => kind === "issue_comment.created").length;
  for (let n = 0; n < 200 && comments() < 2; n++) await new Promise((go) => setTimeout(go, 25));
  return { refused: heard.refused, lacksHeaders: heard.incomplete > 0, kinds: [...new Set(heard.verified)].sort() };
}
