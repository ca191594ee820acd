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
cd "$(dirname "${BASH_SOURCE[0]}")"
out=$PWD/out/policy

rm -rf "$out"
mkdir -p "$out/classes"
goals=(dependency:build-classpath)
[[ -n $CLASSES ]] || goals=(compile "${goals[@]}")
(cd .. && "$MVN" -q -Pbench "${goals[@]}" -Dmdep.includeScope=test -Dmdep.outputFile="$out/class-path.txt" >&2)
class_path="${CLASSES:-../target/classes}:$(<"$out/class-path.txt")"
"$JAVAC" --release 17 -processor org.openjdk.jmh.generators.BenchmarkProcessor -cp "$class_path" -d "$out/classes" policy/*.java

"$JAVA" -cp "$out/classes:$class_path" dev.ablyauth.policy.PolicyBenchmark -jvmArgsAppend "@$JVM_OPTIONS $HEAP" \
  -f "$FORKS" -w 1s -wi "$WARMUP" -r 1s -i "$ROUNDS" "$@" | tee "$out/log.txt" >&2

{
  grep '^|' "$out/log.txt"
  echo
  echo "Machine: $(nproc) cores, $(awk -F': *' '/^model name/ { print $2; exit }' /proc/cpuinfo), Linux $(uname -r);" \
    "load average at the end $(cut -d' ' -f1-3 /proc/loadavg)."
  echo "Java: $("$JAVA" -version 2>&1 | sed -n 3p); flags $HEAP and $(grep -v '^ *#' "$JVM_OPTIONS" | xargs)."
  echo "Parameters: 1 thread, $FORKS JVMs a row, warm-up $WARMUP s, $ROUNDS rounds of 1 s in each, medians."
} | tee "$out/results.md"
