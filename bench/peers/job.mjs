// What both Node peers share: the settings of the job, and the capability text. No JWT library in here.

import { readFileSync } from 'node:fs'

export const ISSUER = { HS256: 'https://hs256.example.test/', RS256: 'https://rs256.example.test/' }
export const AUDIENCE = 'bench-app'
export const TTL_SECONDS = 3600

// What the app knows of a user, by number.
export const userOf = user => ({
  sub: `user-${String(user).padStart(6, '0')}`,
  roles: ['member'],
  team: `team-${String(user % 500).padStart(3, '0')}`,
})

export function capabilityFor(sub, team) {
  return JSON.stringify({
    [`notify:${sub}`]: ['history', 'subscribe'],
    [`team:${team}:*`]: ['history', 'presence', 'publish', 'subscribe'],
  })
}

// The environment of a peer: PORT, ALG (HS256 or RS256), SESSION_KEY_FILE (secret text or public key in PEM), ABLY_API_KEY_FILE.
export function settings() {
  const alg = process.env.ALG
  if (!ISSUER[alg]) throw new Error('ALG must be HS256 or RS256')
  const ablyKey = readFileSync(process.env.ABLY_API_KEY_FILE, 'utf8')
  const colon = ablyKey.indexOf(':')
  return {
    port: Number(process.env.PORT),
    alg,
    issuer: ISSUER[alg],
    audience: AUDIENCE,
    sessionKey: readFileSync(process.env.SESSION_KEY_FILE),
    keyName: ablyKey.slice(0, colon),
    keySecret: ablyKey.slice(colon + 1),
  }
}

export function bearerOf(authorization) {
  return authorization?.startsWith('Bearer ') ? authorization.slice(7) : undefined
}

export const UNAUTHORIZED = { error: { code: 40100, statusCode: 401, message: 'no valid session', href: '' } }
