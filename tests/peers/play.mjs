// node play.mjs simulator URL | node play.mjs emulate: plays the story there and prints what each step found, as JSON.
import { generateKeyPairSync } from "node:crypto";
import { hearing, listen, tell } from "./story.mjs";

const secret = "a secret of the peers' story";
const [author, judge] = [{ appId: 71, slug: "muster" }, { appId: 72, slug: "judge" }];
const permissions = { metadata: "read", issues: "write", pull_requests: "write", contents: "write", checks: "write" };
const events = ["issues", "issue_comment", "pull_request", "pull_request_review", "check_run", "push"];
const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048, privateKeyEncoding: { type: "pkcs1", format: "pem" }, publicKeyEncoding: { type: "spki", format: "pem" } });
const names = { owner: "acme", repo: "shop", stranger: "secret" };

async function simulator(url, hook) {
  const post = async (path, body) => {
    const answer = await fetch(`${url}/_sim${path}`, { method: "POST", body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
    return await answer.json();
  };
  for (const app of [author, judge])
    await post("/apps", { ...app, privateKeyPem: privateKey, permissions, events, webhookUrl: app === author ? hook.url : undefined, webhookSecret: secret });
  await post("/repos", { owner: names.owner, name: names.repo, private: true, collaborators: { ann: "admin" }, installations: [author.appId, judge.appId] });
  await post("/repos", { owner: names.owner, name: names.stranger, private: true });
  const { token } = await post("/users", { login: "ann" });
  const first = { message: "First", content: Buffer.from("# Shop\n").toString("base64") };
  const made = await fetch(`${url}/repos/acme/shop/contents/README.md`, { method: "PUT", headers: { authorization: `Bearer ${token}` }, body: JSON.stringify(first) });
  if (made.status !== 201) throw new Error(await made.text());
  return { url, close: async () => {} };
}

async function emulate(hook) {
  const { createEmulator } = await import("emulate");
  const installation = (id) => [{ installation_id: id, account: names.owner, repository_selection: "selected", repositories: [`${names.owner}/${names.repo}`] }];
  const app = ({ appId, slug }, webhook) => ({
    app_id: appId, slug, name: slug, private_key: privateKey, permissions, events, ...webhook, installations: installation(appId + 100),
  });
  const server = await createEmulator({
    service: "github",
    port: 0,
    seed: {
      tokens: { "ann-token": { login: "ann", scopes: ["repo"] } },
      github: {
        users: [{ login: "ann" }],
        orgs: [{ login: names.owner, members: ["ann"] }],
        repos: [{ owner: names.owner, name: names.repo, private: true, auto_init: true }, { owner: names.owner, name: names.stranger, private: true, auto_init: true }],
        apps: [app(author, { webhook_url: hook.url, webhook_secret: secret }), app(judge, {})],
      },
    },
  });
  return server;
}

const hook = await listen(secret);
const [where, url] = process.argv.slice(2);
const server = where === "emulate" ? await emulate(hook) : await simulator(url, hook);
try {
  const steps = await tell({ ...names, baseUrl: server.url, appId: author.appId, judgeId: judge.appId, privateKey });
  steps["hear of it"] = await hearing(hook);
  console.log(JSON.stringify(steps));
} finally {
  await server.close();
  hook.close();
}
process.exit(0);
