#!/usr/bin/env bash
# Measures whole servers from their first request on: a steady rate, a storm of clients, too much load, what they hold, what grows. README.md says more.
# All parameters are environment variables; these are their defaults:
: "${PARTS:=steady storm overload growth flat}"
: "${WARMUP:=60}"            # seconds of full load before what is measured warm
: "${RATE:=1000}"            # steady, flat: requests a second
: "${ROUND_SECONDS:=30}"     # steady, overload: of a round
: "${ROUNDS:=3}"
: "${DENIED:=10000}"         # users on the deny-list, none of whom asks
: "${CLIENTS:=10000}"        # storm
: "${STORM:=15}"             # storm: seconds in which they come
: "${GROWTH:=rules denied users claims}"
: "${DURATION:=10}"          # growth: seconds of a round
: "${MINUTES:=30}"           # flat
: "${JAVA:=java}"
: "${JAVAC:=javac}"
: "${HEAP:=-Xmx192m}"
: "${JVM_OPTIONS:=../jvm.options}"
: "${MVN:=./mvnw}"           # called in the folder above
: "${SERVER_JAR:=}"          # default ../target/ably-auth-server-*-exec.jar

set -euo pipefail
# shellcheck source=whole-servers.sh
. "$(dirname "${BASH_SOURCE[0]}")/whole-servers.sh"
export WARMUP RATE ROUNDS ROUND_SECONDS DENIED CLIENTS STORM GROWTH DURATION MINUTES

for part in $PARTS; do
  case $part in
    steady | storm | overload | growth | flat) ;;
    *) die "unknown part $part" ;;
  esac
done
for tool in "$JAVA" "$JAVAC"; do
  command -v "$tool" >/dev/null || die "$tool is missing"
done
prepare

{
  for part in $PARTS; do
    case $part in
      steady) measure "$RATE requests a second, whatever the answers are" Steady "$HEAP" ;;
      storm) measure 'All clients right after the start, each by a connection of its own' Storm "$HEAP" ;;
      overload) measure 'Twice as many requests as there can be answers' Overload "$HEAP" ;;
      growth) measure 'What a token costs more where there is more of something' Growth "${GROWTH_HEAP:-$HEAP}" ;;
      flat) measure "What a server holds at $RATE requests a second" Flat "$HEAP" ;;
    esac
  done
  machine
} | tee "$out/results.md"
