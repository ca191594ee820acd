# For scripts that measure by JMH; they source this file with their parameters set.

cd "$(dirname "${BASH_SOURCE[0]}")"
out=$PWD/out/$(basename "$0" .sh)

prepare() { # folder of the compiled project, goal of Maven that compiles it, sources
  local folders=$1 goals=(dependency:build-classpath)
  [[ -z $2 ]] || goals=("$2" "${goals[@]}")
  rm -rf "$out"
  mkdir -p "$out/classes"
  (cd .. && "$MVN" -q -Pbench "${goals[@]}" -Dmdep.includeScope=test -Dmdep.outputFile="$out/class-path.txt" >&2)
  class_path="$folders:$(<"$out/class-path.txt")"
  "$JAVAC" --release 17 -processor org.openjdk.jmh.generators.BenchmarkProcessor -cp "$class_path" -d "$out/classes" jmh/*.java "${@:3}"
}

measure() { # class, flags of the JVMs, options of JMH
  "$JAVA" -cp "$out/classes:$class_path" "$1" -jvmArgsAppend "@$JVM_OPTIONS $HEAP $2" \
    -f "$FORKS" -w 1s -wi "$WARMUP" -r 1s -i "$ROUNDS" "${@:3}" | tee "$out/log.txt" >&2
  {
    grep '^|' "$out/log.txt"
    echo
    echo "Machine: $(nproc) cores, $(awk -F': *' '/^model name/ { print $2; exit }' /proc/cpuinfo), Linux $(uname -r);" \
      "load average at the end $(cut -d' ' -f1-3 /proc/loadavg)."
    echo "Java: $("$JAVA" -version 2>&1 | sed -n 3p); flags $HEAP and $(grep -v '^ *#' "$JVM_OPTIONS" | xargs)."
    echo "Parameters: 1 thread, $FORKS JVMs a row, warm-up $WARMUP s, $ROUNDS rounds of 1 s in each, medians."
  } | tee "$out/results.md"
}
