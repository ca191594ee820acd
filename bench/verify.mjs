// Asks a running server for a sample of tokens and checks each with jose, a library that no subject uses.
// Also sends tokens that must be refused, so that a server that does not really verify cannot win.
//
//   node verify.mjs URL HS256|RS256|OPAQUE|COOKIE [sample [strangers-too]]      node verify.mjs URL constant
//
// Prints the mean size of the answers in bytes. Ends with 1 and one line per fault when something is wrong.

import { deepStrictEqual, ok, strictEqual } from 'node:assert'
import { readFileSync } from 'node:fs'
import { decodeJwt, jwtVerify } from 'jose'
import { userOf } from './peers/job.mjs'

const [url, alg, sampleSize = '20', strangers] = process.argv.slice(2)
const read = name => readFileSync(new URL(`./out/${name}`, import.meta.url), 'utf8')
const faults = []

async function ask(token) {
  const header = alg === 'COOKIE' ? { cookie: `sid=${token}` } : { authorization: `Bearer ${token}` }
  const response = await fetch(url, { headers: token ? header : {} })
  return { status: response.status, type: response.headers.get('content-type') ?? '', body: await response.text() }
}

async function check(what, work) {
  try {
    return await work()
  } catch (error) {
    faults.push(`${what}: ${error.message.split('\n').slice(0, 12).join(' ')}`)
    return 0
  }
}

const [keyName, keySecret] = read('ably-api-key').split(':')
const secret = new TextEncoder().encode(keySecret)
const seen = new Set()

async function checkedSize(appToken, index) {
  const { sub, team } = alg === 'OPAQUE' || alg === 'COOKIE' ? userOf(index) : decodeJwt(appToken)
  const { status, type, body } = await ask(appToken)
  strictEqual(status, 200, `status ${status}: ${body.slice(0, 300)}`)
  strictEqual(type.split(';')[0], 'application/jwt')
  const { payload, protectedHeader } = await jwtVerify(body, secret, { algorithms: ['HS256'], requiredClaims: ['iat', 'exp', 'jti'] })
  deepStrictEqual({ ...protectedHeader }, { alg: 'HS256', typ: 'JWT', kid: keyName })
  strictEqual(payload['x-ably-clientId'], sub)
  const capability = JSON.parse(payload['x-ably-capability'])
  Object.values(capability).forEach(operations => operations.sort())
  deepStrictEqual(capability, {
    [`notify:${sub}`]: ['history', 'subscribe'],
    [`team:${team}:*`]: ['history', 'presence', 'publish', 'subscribe'],
  })
  const now = Date.now() / 1000
  ok(payload.iat > now - 15 && payload.iat <= now + 1, `iat is ${payload.iat - now} s from now`)
  const lifetime = payload.exp - payload.iat
  ok(lifetime > 3200 && lifetime <= 3600, `lifetime is ${lifetime} s`)
  ok(payload.jti.length >= 20 && !seen.has(payload.jti), 'jti is short or repeated')
  seen.add(payload.jti)
  return body.length
}

let bytes
if (alg === 'constant') {
  const { status, body } = await ask()
  if (status !== 200 || body !== read('constant.jwt')) faults.push(`constant: status ${status}, ${body.length} bytes`)
  bytes = body.length
} else {
  const tokens = read(`${alg.toLowerCase()}.txt`).trimEnd().split('\n')
  const size = Math.min(Number(sampleSize), tokens.length)
  // An uneven step, so that the sample is spread over users, teams and tokens of one user.
  const step = Math.max(1, Math.floor(tokens.length / size) - 1)
  let total = 0
  for (let i = 0; i < size; i++) {
    const index = (i * step) % tokens.length
    total += await check(`token ${index}`, () => checkedSize(tokens[index], index))
  }
  bytes = total / size
  const refused = read(`bad-${alg.toLowerCase()}.txt`).trimEnd().split('\n').map(line => line.split(' '))
  for (const [why, token] of [...refused, ['no-bearer', undefined]]) {
    // A session service that is away may know what this server does not.
    const expected = strangers && (why === 'wrong-issuer' || why === 'not-a-jwt') ? 503 : 401
    await check(why, async () => strictEqual((await ask(token)).status, expected))
  }
}

faults.forEach(fault => console.error(`verify: ${fault}`))
console.log(Math.round(bytes))
process.exit(faults.length ? 1 : 0)
