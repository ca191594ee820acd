#!/usr/bin/env bash
# Measures what must hold for years, with whole servers: restarts, new keys and policies, a long run. README.md says more.
# All parameters are environment variables; these are their defaults:
: "${PARTS:=rolling-restarts rotations soak}"
: "${RATE:=200}"             # requests a second, of all servers together
: "${RESTARTS:=20}"          # rolling-restarts: of both servers, one after the other
: "${DRAIN:=3s}"             # rolling-restarts: ably-auth.web.drain; with 0s requests must fail
: "${REQUESTS:=100000}"      # rolling-restarts: at least so many; after the last restart it goes on until then
: "${ROTATIONS:=10000}"      # rotations: of keys and of the policy, each, by all servers together
: "${SERVERS:=8}"            # rotations: each follows files of its own, and takes two seconds for a change
: "${LONGEST:=90}"           # rotations: minutes, after which no more are begun
: "${MINUTES:=60}"           # soak: after the warm-up
: "${WARMUP:=10}"            # soak: minutes
: "${SAMPLE:=300}"           # soak: seconds from one look at the memory to the next
: "${CHANGE:=30}"            # soak: seconds from one change of keys and policy to the next
: "${STORE_RESTART:=300}"    # soak: seconds from one SIGKILL of PostgreSQL to the next
: "${STORE_AWAY:=20}"        # soak: seconds that it is away, less than deny-list.max-staleness (60 s)
: "${JAVA:=java}"
: "${JAVAC:=javac}"
: "${HEAP:=-Xmx192m}"
: "${JVM_OPTIONS:=../jvm.options}"
: "${MVN:=./mvnw}"           # called in the folder above
: "${SERVER_JAR:=}"          # default ../target/ably-auth-server-*-exec.jar

set -euo pipefail
# shellcheck source=whole-servers.sh
. "$(dirname "${BASH_SOURCE[0]}")/whole-servers.sh"
export RATE RESTARTS DRAIN REQUESTS ROTATIONS SERVERS LONGEST MINUTES WARMUP SAMPLE CHANGE STORE_RESTART STORE_AWAY

for part in $PARTS; do
  case $part in
    rolling-restarts | rotations | soak) ;;
    *) die "unknown part $part" ;;
  esac
done
for tool in "$JAVA" "$JAVAC" haproxy; do
  command -v "$tool" >/dev/null || die "$tool is missing"
done
# The HTTP client of the JDK asks again by itself where a connection broke, which would hide what is counted here.
client=(-Djdk.httpclient.disableRetryConnect=true -Djdk.httpclient.redirects.retrylimit=1)
prepare

{
  for part in $PARTS; do
    case $part in
      rolling-restarts) measure 'Two servers behind HAProxy without retries, restarted one after the other' RollingRestarts "$HEAP" ;;
      rotations) measure 'Key files and policies that change while tokens are issued' Rotations "$HEAP" ;;
      soak) measure 'A long run with new keys, new policies and restarts of PostgreSQL' Soak "$HEAP" ;;
    esac
  done
  machine
} | tee "$out/results.md"
