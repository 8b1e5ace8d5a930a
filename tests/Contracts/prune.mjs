// Cuts GitHub's own descriptions of its API and of its webhooks down to what operations.txt names.
// usage: node prune.mjs FOLDER_WITH_NODE_MODULES; README.md says the rest.
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const packages = join(process.argv[2] ?? here, 'node_modules', '@octokit')
const wanted = readFileSync(join(here, 'operations.txt'), 'utf8').split('\n').map(l => l.trim()).filter(l => l && !l.startsWith('#'))

// What says nothing about whether a message is right.
const prose = new Set(['description', 'summary', 'tags', 'externalDocs', 'example', 'examples', 'title', 'x-octokit', 'x-github',
  'x-github-breaking-changes', 'x-multi-segment', 'deprecated', 'readOnly', 'default', 'headers', 'callbacks'])
const maps = new Set(['properties', 'patternProperties'])

/** The same without prose; the names inside `properties` are data, whatever they are called. */
function bare(node, named = false) {
  if (Array.isArray(node)) return node.map(n => bare(n))
  if (node === null || typeof node !== 'object') return node
  return Object.fromEntries(Object.entries(node).filter(([key]) => named || !prose.has(key))
    .map(([key, value]) => [key, key === 'enum' && !named ? value : bare(value, maps.has(key) && !named)]))
}

function references(node, found = []) {
  if (node === null || typeof node !== 'object') return found
  if (typeof node.$ref === 'string') found.push(node.$ref)
  for (const value of Object.values(node)) references(value, found)
  return found
}

/** All components that the kept parts lead to. */
function reached(document, kept) {
  const components = {}
  const open = references(kept)
  for (const seen = new Set(); open.length > 0;) {
    const ref = open.pop()
    if (seen.has(ref)) continue
    seen.add(ref)
    const [, , kind, name] = ref.split('/')
    const part = bare(document.components[kind][name])
    ;(components[kind] ??= {})[name] = part
    open.push(...references(part))
  }
  return components
}

/** One line a part, in the order of names: a new version shows in a review as the parts that changed. */
function write(file, head, parts) {
  const group = ([name, members]) => `${JSON.stringify(name)}:{\n${Object.keys(members).sort().map(k => `${JSON.stringify(k)}:${JSON.stringify(members[k])}`).join(',\n')}\n}`
  const text = `{\n${Object.entries(head).map(([k, v]) => `${JSON.stringify(k)}:${JSON.stringify(v)}`).join(',\n')},\n${Object.entries(parts).sort(([a], [b]) => (a < b ? -1 : 1)).map(group).join(',\n')}\n}\n`
  writeFileSync(join(here, file), text)
  console.log(`${file}: ${Object.entries(parts).map(([k, v]) => `${Object.keys(v).length} ${k}`).join(', ')}, ${text.length} bytes`)
}

function read(name) {
  const version = JSON.parse(readFileSync(join(packages, name, 'package.json'), 'utf8')).version
  const document = JSON.parse(readFileSync(join(packages, name, 'generated', 'api.github.com.json'), 'utf8'))
  return { document, head: { openapi: document.openapi, 'x-from': `@octokit/${name} ${version}` } }
}

const rest = read('openapi')
const paths = {}
for (const [verb, path] of wanted.map(l => l.split(' ')).filter(([verb]) => verb !== 'EVENT')) {
  const operation = rest.document.paths[path]?.[verb.toLowerCase()]
  if (!operation) throw new Error(`GitHub has no ${verb} ${path}`)
  ;(paths[path] ??= {})[verb.toLowerCase()] = bare(operation)
}
write('github.openapi.pruned.json', rest.head, { paths, ...reached(rest.document, paths) })

const hooks = read('openapi-webhooks')
const webhooks = {}
for (const [, event] of wanted.map(l => l.split(' ')).filter(([verb]) => verb === 'EVENT')) {
  const names = Object.keys(hooks.document.webhooks).filter(n => hooks.document.webhooks[n].post.operationId.split('/')[0].replaceAll('-', '_') === event)
  if (names.length === 0) throw new Error(`GitHub has no event ${event}`)
  for (const name of names) webhooks[name] = { schema: bare(hooks.document.webhooks[name].post.requestBody.content['application/json'].schema), event, action: hooks.document.webhooks[name].post.operationId.split('/')[1]?.replaceAll('-', '_') }
}
write('github.webhooks.pruned.json', hooks.head, { webhooks, ...reached(hooks.document, webhooks) })
