// Makes the users of the benchmark: app tokens (HS256 and RS256), their keys, and an Ably key.
// Everything is random and goes to out/; nothing here is a real credential.
//
//   node users.mjs [users] [tokens per user]
//
// Writes: out/hs256.txt, out/rs256.txt (one token per line; all users once, then all users again, ...),
// out/opaque.txt and out/cookie.txt (one token of each of the first thousand users), out/bad-opaque.txt, out/bad-cookie.txt,
// out/bad-hs256.txt, out/bad-rs256.txt ("reason token" per line, each must be refused),
// out/session-secret, out/admin-token, out/rs256-public.pem, out/jwks.json, out/ably-api-key, out/constant.jwt, out/users.json.

import { createHmac, createPrivateKey, generateKeyPairSync, randomBytes, randomUUID, sign } from 'node:crypto'
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { ISSUER, AUDIENCE, capabilityFor, userOf } from './peers/job.mjs'

const users = Number(process.argv[2] ?? 10_000)
const tokensPerUser = Number(process.argv[3] ?? 10)
const validFor = 12 * 3600
const mustBeLeft = 4 * 3600
const rsaKid = 'bench-rs256'
const signAsync = promisify(sign)

const work = fileURLToPath(new URL('./out/', import.meta.url))
const at = name => work + name
const now = Math.floor(Date.now() / 1000)

if (existsSync(at('users.json'))) {
  const made = JSON.parse(readFileSync(at('users.json'), 'utf8'))
  if (made.users === users && made.tokensPerUser === tokensPerUser && made.exp - now > mustBeLeft && existsSync(at('cookie.txt')) && existsSync(at('admin-token'))) {
    console.error(`users: keeping ${users} users x ${tokensPerUser} tokens made earlier`)
    process.exit(0)
  }
}

mkdirSync(work, { recursive: true })
rmSync(at('users.json'), { force: true })

const sessionSecret = randomBytes(32).toString('base64url')
const ablyKeyName = 'bench1.key001'
const ablyKeySecret = randomBytes(32).toString('base64url')
const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const secretFile = (name, text) => writeFileSync(at(name), text, { mode: 0o600 })

secretFile('session-secret', sessionSecret)
secretFile('admin-token', randomBytes(32).toString('base64url'))
secretFile('ably-api-key', `${ablyKeyName}:${ablyKeySecret}`)
writeFileSync(at('rs256-public.pem'), publicKey.export({ type: 'spki', format: 'pem' }))
writeFileSync(at('jwks.json'), JSON.stringify({
  keys: [{ ...publicKey.export({ format: 'jwk' }), kid: rsaKid, alg: 'RS256', use: 'sig' }],
}))

const exp = now + validFor
const segment = value => Buffer.from(JSON.stringify(value)).toString('base64url')
const hsHeader = segment({ alg: 'HS256', typ: 'JWT' })
const rsHeader = segment({ alg: 'RS256', typ: 'JWT', kid: rsaKid })
const claimsOf = (user, issuer) => ({ ...userOf(user), iss: issuer, aud: AUDIENCE, iat: now, exp, jti: randomUUID() })

function hs256(claims, secret = sessionSecret) {
  const input = `${hsHeader}.${segment(claims)}`
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`
}

async function rs256(claims, key = privateKey) {
  const input = `${rsHeader}.${segment(claims)}`
  return `${input}.${(await signAsync('RSA-SHA256', Buffer.from(input), key)).toString('base64url')}`
}

async function writeTokens(name, make) {
  const file = openSync(at(name), 'w', 0o600)
  const batch = 500
  const total = users * tokensPerUser
  for (let from = 0; from < total; from += batch) {
    const size = Math.min(batch, total - from)
    const tokens = await Promise.all(Array.from({ length: size }, (_, i) => make((from + i) % users)))
    writeSync(file, tokens.join('\n') + '\n')
  }
  closeSync(file)
}

async function bad(issuer, make, wrongKey) {
  const good = claimsOf(0, issuer)
  return [
    ['expired', await make({ ...good, iat: now - 7200, exp: now - 3600 })],
    ['wrong-audience', await make({ ...good, aud: 'another-app' })],
    ['wrong-issuer', await make({ ...good, iss: 'https://other.example.test/' })],
    ['wrong-key', await make(good, wrongKey)],
    ['not-a-jwt', 'abc.def.ghi'],
  ].map(([why, token]) => `${why} ${token}\n`).join('')
}

const started = Date.now()
await writeTokens('hs256.txt', async user => hs256(claimsOf(user, ISSUER.HS256)))
await writeTokens('rs256.txt', user => rs256(claimsOf(user, ISSUER.RS256)))
secretFile('bad-hs256.txt', await bad(ISSUER.HS256, hs256, 'x'.repeat(43)))
const stranger = createPrivateKey(generateKeyPairSync('rsa', { modulusLength: 2048 })
  .privateKey.export({ type: 'pkcs8', format: 'pem' }))
secretFile('bad-rs256.txt', await bad(ISSUER.RS256, rs256, stranger))

// Tokens that only jwks.mjs can read. So few that the server's cache holds them all.
for (const kind of ['opaque', 'cookie']) {
  secretFile(`${kind}.txt`, Array.from({ length: Math.min(users, 1000) }, () => `${randomBytes(32).toString('base64url')}\n`).join(''))
  secretFile(`bad-${kind}.txt`, `unknown ${randomBytes(32).toString('base64url')}\nexpired expired\nno-user no-user\n`)
}

// What the bare Tomcat answers: an Ably JWT of the usual size, signed once, here.
const sample = claimsOf(0, ISSUER.HS256)
const ablyInput = segment({ alg: 'HS256', typ: 'JWT', kid: ablyKeyName }) + '.' + segment({
  'x-ably-capability': capabilityFor(sample.sub, sample.team),
  'x-ably-clientId': sample.sub,
  iat: now,
  exp: now + 3600,
  jti: randomBytes(16).toString('base64url'),
})
writeFileSync(at('constant.jwt'),
  `${ablyInput}.${createHmac('sha256', ablyKeySecret).update(ablyInput).digest('base64url')}`)

writeFileSync(at('users.json'), JSON.stringify({ users, tokensPerUser, exp }))
console.error(`users: ${users} users x ${tokensPerUser} tokens for HS256 and RS256 in ${Date.now() - started} ms`)
