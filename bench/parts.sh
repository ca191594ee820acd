#!/usr/bin/env bash
# Measures what a token request is made of, part by part, and a whole request without a network. README.md says more.
# All parameters are environment variables; these are their defaults. Arguments go to JMH.
: "${WARMUP:=5}"             # seconds of warm-up of a JVM
: "${ROUNDS:=5}"             # rounds of one second each
: "${FORKS:=2}"              # fresh JVMs for each row of the table
: "${JAVA:=java}"
: "${JAVAC:=javac}"
: "${HEAP:=-Xmx192m}"
: "${JVM_OPTIONS:=../jvm.options}"
: "${MVN:=./mvnw}"           # called in the folder above

set -euo pipefail
# shellcheck source=jmh.sh
. "$(dirname "${BASH_SOURCE[0]}")/jmh.sh"
prepare ../target/test-classes:../target/classes test-compile policy/*.java parts/*.java
log=parts/logback.xml
measure dev.ablyauth.PartsBenchmark "-Dlogback.configurationFile=$log -Dlogging.config=$log" -e GrantBenchmark.loop -p rules=50 "$@"
