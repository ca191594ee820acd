# For scripts that measure whole servers of the packaged jar; they source this file with their parameters set.
# The classes of a script are in the folder of its name, and in the test package dev.ablyauth.faults.

cd "$(dirname "${BASH_SOURCE[0]}")"
name=$(basename "$0" .sh)
out=$PWD/out/$name

die() { printf '%s.sh: %s\n' "$name" "$*" >&2; exit 1; }

prepare() {
  if [[ -z $SERVER_JAR ]]; then
    for jar in ../target/ably-auth-server-*-exec.jar; do
      if [[ -e $jar ]]; then SERVER_JAR=$jar; break; fi
    done
  fi
  [[ -e $SERVER_JAR ]] || die "no server jar in ../target: build it first (./mvnw package) or set SERVER_JAR"
  SERVER_JAR=$(realpath "$SERVER_JAR")

  rm -rf "$out"
  mkdir -p "$out/classes"
  (cd .. && "$MVN" -q test-compile dependency:build-classpath -Dmdep.includeScope=test -Dmdep.outputFile="$out/class-path.txt" >&2)
  class_path="../target/test-classes:../target/classes:$(<"$out/class-path.txt")"
  "$JAVAC" --release 17 -cp "$class_path" -d "$out/classes" whole-servers/*.java "$name"/*.java
}

client=() # options of the JVM that measures
measure() { # title, class, heap
  printf '\n%s, %s\n\n' "$1" "$3"
  "$JAVA" -XX:TieredStopAtLevel=1 -Dlogback.configurationFile=whole-servers/logback.xml \
    "${client[@]}" -Dfaults.jar="$SERVER_JAR" -Dfaults.jvm="@$JVM_OPTIONS $3" \
    -cp "$out/classes:$class_path" "dev.ablyauth.faults.$2" 2>>"$out/log.txt" || die "$2 failed, see bench/out/$name/log.txt"
}

machine() {
  echo
  echo "Machine: $(nproc) cores, $(awk -F': *' '/^model name/ { print $2; exit }' /proc/cpuinfo), Linux $(uname -r);" \
    "all on the same machine, load average at the end $(cut -d' ' -f1-3 /proc/loadavg)."
  echo "Java: $("$JAVA" -version 2>&1 | sed -n 3p); flags of jvm.options and the heap above."
}
