#!/usr/bin/env bash
# Measures the time from the start of the process to the first token: the jar, the folder of bin/package, and the folder with its archive.
# All parameters are environment variables; these are their defaults:
: "${RUNS:=7}"
: "${JAVA_HOMES:=${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v java)")")")}}"   # one or more, by spaces
: "${HEAP:=-Xmx192m}"
: "${BENCH_PORT:=18480}"
: "${BENCH_JWKS_PORT:=18481}"   # named in the settings; nobody listens there, and no RS256 session is used

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
export BENCH_PORT BENCH_JWKS_PORT
out=$PWD/out/start
url=http://127.0.0.1:$BENCH_PORT/api/ably-jwt
pid=''

die() { printf 'start.sh: %s\n' "$*" >&2; exit 1; }
trap '[[ -z $pid ]] || kill -KILL "$pid" 2>/dev/null || true' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

for tool in node curl tar awk; do
  command -v "$tool" >/dev/null || die "$tool is missing"
done
jars=(../target/*-exec.jar)
[[ -e ${jars[0]} && ${#jars[@]} == 1 ]] || die "expected one ../target/*-exec.jar: build it first (./mvnw package)"
version=$(basename "${jars[0]}" -exec.jar)
if (exec 3<>"/dev/tcp/127.0.0.1/$BENCH_PORT") 2>/dev/null; then die "port $BENCH_PORT is in use"; fi
node users.mjs 100 1
ABLY_API_KEY=$(<out/ably-api-key)
BENCH_SESSION_SECRET=$(<out/session-secret)
BENCH_ADMIN_HASH=sha256:$(sha256sum <out/admin-token | cut -c 1-64)
export ABLY_API_KEY BENCH_SESSION_SECRET BENCH_ADMIN_HASH
bearer=$(head -n 1 out/hs256.txt)
rm -rf "$out"
mkdir -p "$out"

ticks() { sed 's/^.*) //' "/proc/$1/stat" | awk '{ print $12 + $13 }'; }

once() { # variant, java home, folder; prints seconds, processor seconds, MB
  local command=("$2/bin/java" "@../jvm.options" "$HEAP" -jar "${jars[0]}") begun ended
  [[ $1 == jar ]] || command=(env "JAVA_HOME=$2" "JAVA_OPTS=$HEAP" "$3/bin/ably-auth-server")
  rm -f out/deny-list.db* out/denied
  begun=$EPOCHREALTIME
  "${command[@]}" --spring.config.additional-location=file:./config/ >"$out/log.txt" 2>&1 &
  pid=$!
  until curl -sf -o /dev/null -m 5 -H "Authorization: Bearer $bearer" "$url"; do
    kill -0 "$pid" 2>/dev/null || { cat "$out/log.txt" >&2; die "the server ended"; }
    sleep 0.02
  done
  ended=$EPOCHREALTIME
  awk -v b="$begun" -v e="$ended" -v t="$(ticks "$pid")" -v hz="$(getconf CLK_TCK)" \
    -v kb="$(awk '/^VmRSS/ { print $2 }' "/proc/$pid/status")" 'BEGIN { printf "%.2f %.2f %d\n", e - b, t / hz, kb / 1024 }'
  kill -TERM "$pid"
  wait "$pid" || die "the server did not end with 0"
  pid=''
}

median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] " | " v[1] " to " v[NR] }'; }

row() { # name, variant, java home, folder
  local i figures=$out/figures.txt
  once "$2" "$3" "$4" >/dev/null
  : >"$figures"
  for ((i = 0; i < RUNS; i++)); do once "$2" "$3" "$4" >>"$figures"; done
  printf '| %s | %s | %s | %s | %s |\n' "$1" "$("$3/bin/java" -version 2>&1 | sed -n '1s/.*"\(.*\)".*/\1/p')" \
    "$(cut -d' ' -f1 "$figures" | median)" "$(cut -d' ' -f2 "$figures" | median | cut -d'|' -f1)" "$(cut -d' ' -f3 "$figures" | median | cut -d'|' -f1)"
}

{
  echo '| | Java | seconds to the first token | lowest to highest | processor seconds | resident MB |'
  echo '|---|---|--:|--:|--:|--:|'
  for home in $JAVA_HOMES; do
    JAVA_HOME=$home ../bin/package >"$out/package.txt" 2>&1 || { cat "$out/package.txt" >&2; die "bin/package failed"; }
    folder=$out/$(basename "$home")
    mkdir "$folder"
    tar --extract --file "../target/$version.tar.gz" --directory "$folder" --strip-components 1
    row '`java -jar` of the jar' jar "$home" ''
    row 'the folder, no archive' folder "$home" "$folder"
    JAVA_HOME=$home "$folder/bin/train" >"$out/train.txt" 2>&1 || { cat "$out/train.txt" >&2; die "bin/train failed"; }
    row 'the folder with its archive' folder "$home" "$folder"
  done
  echo
  echo "$RUNS runs of each after one that does not count, medians. $(nproc) cores, $(awk -F': *' '/^model name/ { print $2; exit }' /proc/cpuinfo)," \
    "Linux $(uname -r), load average at the end $(cut -d' ' -f1-3 /proc/loadavg)."
} | tee "$out/results.md"
