// Asks the two servers for tokens in many ways, and changes what they work with: denials, the policy file, the session service.
// Prints what was answered. The environment: BENCH_PORT, MINUTES.
//
//   node load.mjs

import { request as send, Agent } from 'node:http'
import { readFileSync, renameSync, writeFileSync } from 'node:fs'

const work = new URL('../out/', import.meta.url)
const lines = name => readFileSync(new URL(name, work), 'utf8').trimEnd().split('\n')
const users = lines('hs256.txt')
const rs256 = lines('rs256.txt')
const opaque = lines('opaque.txt')
const expired = lines('bad-hs256.txt').find(line => line.startsWith('expired ')).split(' ')[1]
const admin = lines('dashboard/admin-token')[0]
const policy = new URL('dashboard/policy.yml', work)
const good = readFileSync(policy, 'utf8')
const ports = [Number(process.env.BENCH_PORT), Number(process.env.BENCH_PORT) + 1]
const end = Number(process.env.MINUTES) * 60
const agent = new Agent({ keepAlive: true, maxSockets: 64 })
const statuses = {}
const times = list => list[Math.floor(Math.random() * list.length)]

function ask(method, path, token, body) {
  const headers = { ...(token && { authorization: `Bearer ${token}` }), ...(body && { 'content-type': 'application/json' }) }
  return new Promise(resolve => {
    const done = (status, text) => { statuses[status] = (statuses[status] ?? 0) + 1; resolve(text) }
    const req = send({ host: '127.0.0.1', port: times(ports), method, path, headers, agent, timeout: 10_000 }, res => {
      let text = ''
      res.on('data', part => { text += part }).on('end', () => done(res.statusCode, text)).on('error', () => done('error', ''))
    })
    req.on('error', () => done('error', '')).on('timeout', () => req.destroy())
    req.end(body && JSON.stringify(body))
  })
}

const wish = capability => `/api/ably-jwt?capability=${encodeURIComponent(JSON.stringify(capability))}`
const kinds = [ // how many a second, and what
  [80, () => ask('GET', '/api/ably-jwt', times(users))],
  [20, () => ask('GET', '/api/ably-jwt', times(rs256))],
  [15, () => ask('GET', '/api/ably-jwt', times(opaque))],
  [12, () => ask('GET', '/api/ably-token-request', times(users))],
  [4, () => ask('POST', '/api/guest')],
  [3, () => ask('GET', '/api/ably-jwt', expired)],
  [2, () => ask('GET', '/api/ably-jwt')],
  [3, () => ask('GET', wish({ lobby: ['subscribe', 'publish'] }), times(users))],
  [1, () => ask('GET', wish({ elsewhere: ['publish'] }), times(users))],
  [2, () => ask('GET', '/api/ably-jwt?ttl=soon', times(users))],
  [4, () => ask('GET', '/api/ably-jwt', users[7])],
  [1, () => ask('POST', '/admin/tokens', admin, { user: { id: 'user-000001', roles: ['member'], claims: { team: 'team-001' } } })],
]

async function deny(second) {
  const text = await ask('POST', '/admin/denials', admin, { target: { userId: `user-${String(second).padStart(6, '0')}` }, reason: 'bench' })
  if (second % 4 === 0) {
    await ask('DELETE', `/admin/denials/${JSON.parse(text).id}`, admin)
  }
}

function write(text) {
  const next = new URL('dashboard/policy.next', work)
  writeFileSync(next, text)
  renameSync(next, policy)
}

const happenings = new Map([
  [0.3, () => write(`${good}\n# the second version\n`)],
  [0.5, () => write(`${good}  - name: unfinished`)],
  [0.6, () => write(`${good}\n# the third version\n`)],
  [0.7, () => process.kill(Number(lines('dashboard/services.pid')[0]), 'SIGSTOP')],
  [0.85, () => process.kill(Number(lines('dashboard/services.pid')[0]), 'SIGCONT')],
])

for (let second = 1; second <= end; second++) {
  const begun = Date.now()
  const strength = 0.7 + 0.5 * Math.sin((second / end) * 9)
  for (const [many, one] of kinds) {
    for (let i = 0; i < Math.max(1, many * strength); i++) setTimeout(one, Math.random() * 1000)
  }
  if (second % 3 === 0) setTimeout(() => deny(second), Math.random() * 1000)
  for (const [part, happens] of happenings) {
    if (second >= part * end) {
      happens()
      happenings.delete(part)
    }
  }
  await new Promise(resolve => setTimeout(resolve, 1000 - (Date.now() - begun)))
}
agent.destroy()
console.error(`answers: ${JSON.stringify(statuses)}`)
