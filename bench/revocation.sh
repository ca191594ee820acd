#!/usr/bin/env bash
# Measures what denials and revocations cost and how soon they work, with whole servers. README.md says more.
# All parameters are environment variables; these are their defaults:
: "${PARTS:=last-token kills many-denied ably-down}"
: "${DENIALS:=240}"          # last-token: with LISTEN and NOTIFY
: "${DENIALS_CUT:=60}"       # last-token: with notifications cut
: "${CONNECTIONS:=18}"       # last-token: to three instances
: "${PAUSE:=40}"             # last-token: milliseconds between an answer and the next request of a connection
: "${KILLS:=200}"            # kills: for each of the two stores
: "${MILLION:=1000000}"      # many-denied: denied targets
: "${STARTS:=5}"             # many-denied: starts with each list
: "${ROUNDS:=7}"             # many-denied: rounds of wrk for each list, one after the other
: "${DURATION:=10}"          # many-denied: seconds of a round
: "${WARMUP:=20}"            # seconds of load before anything is measured, for each server
: "${AWAY:=600}"             # ably-down: seconds
: "${REVOCATIONS:=120}"      # ably-down: asked for while Ably is away
: "${JAVA:=java}"
: "${JAVAC:=javac}"
: "${HEAP:=-Xmx192m}"
: "${HEAP_MANY:=-Xmx512m}"   # many-denied
: "${JVM_OPTIONS:=../jvm.options}"
: "${MVN:=./mvnw}"           # called in the folder above
: "${SERVER_JAR:=}"          # default ../target/ably-auth-server-*-exec.jar

set -euo pipefail
# shellcheck source=whole-servers.sh
. "$(dirname "${BASH_SOURCE[0]}")/whole-servers.sh"
export DENIALS DENIALS_CUT CONNECTIONS PAUSE KILLS MILLION STARTS ROUNDS DURATION WARMUP AWAY REVOCATIONS

for part in $PARTS; do
  case $part in
    last-token | kills | many-denied | ably-down) ;;
    *) die "unknown part $part" ;;
  esac
done
for tool in "$JAVA" "$JAVAC" wrk; do
  command -v "$tool" >/dev/null || die "$tool is missing"
done
prepare

{
  for part in $PARTS; do
    case $part in
      last-token) measure 'From the acknowledgement of a denial to the last token of any of three instances' LastToken "$HEAP" ;;
      kills) measure 'Acknowledged denials after SIGKILL' Kills "$HEAP" ;;
      many-denied) measure 'A long list' ManyDenied "$HEAP_MANY" ;;
      ably-down) measure 'Revocations while Ably is away' AblyDown "$HEAP" ;;
    esac
  done
  machine
} | tee "$out/results.md"
