#!/usr/bin/env bash
# Measures one grant for policies of 10, 100 and 1,000 rules, beside a plain loop over all rules. README.md says more.
# All parameters are environment variables; these are their defaults. Arguments go to JMH.
: "${WARMUP:=5}"             # seconds of warm-up of a JVM
: "${ROUNDS:=5}"             # rounds of one second each
: "${FORKS:=2}"              # fresh JVMs for each row of the table
: "${JAVA:=java}"
: "${JAVAC:=javac}"
: "${HEAP:=-Xmx192m}"
: "${JVM_OPTIONS:=../jvm.options}"
: "${MVN:=./mvnw}"           # called in the folder above
: "${CLASSES:=}"             # the compiled project; default: Maven compiles it to ../target/classes

set -euo pipefail
# shellcheck source=jmh.sh
. "$(dirname "${BASH_SOURCE[0]}")/jmh.sh"
prepare "${CLASSES:-../target/classes}" "$([[ -n $CLASSES ]] || echo compile)" policy/*.java
measure dev.ablyauth.policy.PolicyBenchmark '' "$@"
