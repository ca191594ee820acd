#!/usr/bin/env bash
# Measures this server beside a bare Tomcat, Express and Fastify. README.md says what the columns mean.
# All parameters are environment variables; these are their defaults:
: "${SUBJECTS:=tomcat server-hs256 server-rs256 server-introspection server-forward server-dead express-hs256 express-rs256 express-keyobject-hs256 express-keyobject-rs256 fastify-hs256 fastify-rs256 fastify-cluster-hs256}"
: "${WARMUP:=20}"            # seconds of load before the first round of a subject
: "${DURATION:=10}"          # seconds of a round
: "${ROUNDS:=3}"             # rounds per subject; the table shows medians
: "${CONNECTIONS:=16}"
: "${THREADS:=2}"            # threads of wrk
: "${USERS:=10000}"
: "${DENIED:=10000}"         # users on the deny-list of this server; none of those who ask
: "${TOKENS_PER_USER:=10}"   # different app tokens per user
: "${SAMPLE:=20}"            # tokens checked with jose, before the warm-up and again after the last round
: "${BENCH_PORT:=18480}"
: "${BENCH_JWKS_PORT:=18481}"
: "${JAVA:=java}"
: "${JAVAC:=javac}"
: "${HEAP:=-Xmx192m}"
: "${JVM_OPTIONS:=../jvm.options}"   # read by every JVM when the file exists
: "${SERVER_JAR:=}"          # default ../target/ably-auth-server-*-exec.jar, else ../target/ably-auth-server-*.jar
: "${TOMCAT_JARS:=}"         # class path for the bare Tomcat; default: the jars inside the server jar

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
export BENCH_PORT BENCH_JWKS_PORT NODE_ENV=production

url="http://127.0.0.1:$BENCH_PORT/api/ably-jwt"
subject_pid=''
helper_pid=''
strangers_pid=''

say() { printf '%s\n' "$*" >&2; }
die() { say "run.sh: $*"; exit 1; }
has() { [[ " $SUBJECTS " == *" $1"* ]]; }

# --- processes -------------------------------------------------------------------------------------------------------

stop() {
  local pid=$1
  [[ -n $pid ]] || return 0
  kill -TERM "$pid" 2>/dev/null || true
  for _ in $(seq 50); do
    kill -0 "$pid" 2>/dev/null || break
    sleep 0.1
  done
  kill -KILL "$pid" 2>/dev/null || true
  wait "$pid" 2>/dev/null || true
}

stop_all() {
  local pid
  for pid in $(jobs -p); do stop "$pid"; done
  subject_pid='' helper_pid='' strangers_pid=''
}
trap stop_all EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

port_must_be_free() {
  if (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; then die "port $1 is in use"; fi
}

wait_for() { # pid, log, curl arguments
  local pid=$1 log=$2 status=000
  shift 2
  for _ in $(seq 600); do
    kill -0 "$pid" 2>/dev/null || { tail -n 30 "$log" >&2; die "the process ended, see above and bench/$log"; }
    status=$(curl -s -o /dev/null -m 2 -w '%{http_code}' "$@" || true)
    [[ $status == 200 ]] && return 0
    sleep 0.1
  done
  tail -n 30 "$log" >&2
  die "not ready after a minute (last status $status), see above and bench/$log"
}

# --- preparation -----------------------------------------------------------------------------------------------------

for subject in $SUBJECTS; do
  case $subject in
    tomcat | server-hs256 | server-rs256 | server-introspection | server-forward | server-dead | express-hs256 | express-rs256 | express-keyobject-hs256 | express-keyobject-rs256 | fastify-hs256 | fastify-rs256 | fastify-cluster-hs256) ;;
    *) die "unknown subject $subject" ;;
  esac
done
for tool in node npm wrk curl awk getconf pgrep; do
  command -v "$tool" >/dev/null || die "$tool is missing (wrk: the package of that name in Debian and Ubuntu; pgrep: procps)"
done
((USERS >= 100 && ROUNDS > 0 && DURATION > 0)) || die "needs 100 users, one round and one second at least"
[[ -r /proc/self/stat ]] || die "needs Linux: CPU time is read from /proc"
if has tomcat || has server; then
  command -v "$JAVA" >/dev/null || die "java is missing"
fi
port_must_be_free "$BENCH_PORT"
port_must_be_free "$BENCH_JWKS_PORT"

mkdir -p out/logs
if [[ ! -e node_modules/.package-lock.json || package-lock.json -nt node_modules/.package-lock.json ]]; then
  say 'npm ci'
  npm ci --loglevel=error >&2
fi
node users.mjs "$USERS" "$TOKENS_PER_USER"

if [[ -z $SERVER_JAR ]]; then
  for jar in ../target/ably-auth-server-*-exec.jar ../target/ably-auth-server-*.jar; do
    case $jar in *-sources.jar | *-javadoc.jar | *-tests.jar) continue ;; esac
    if [[ -e $jar ]]; then SERVER_JAR=$jar; break; fi
  done
fi
if has server; then
  [[ -e $SERVER_JAR ]] || die "no server jar in ../target: build it first (./mvnw package) or set SERVER_JAR"
fi

jvm_flags=()
[[ -e $JVM_OPTIONS ]] && jvm_flags+=("@$JVM_OPTIONS")
jvm_flags+=("$HEAP")

if has tomcat; then
  command -v "$JAVAC" >/dev/null || die "javac is missing (a JDK is needed for the bare Tomcat)"
  rm -rf out/tomcat
  mkdir -p out/tomcat
  if [[ -z $TOMCAT_JARS ]]; then
    command -v unzip >/dev/null || die "unzip is missing"
    [[ -e $SERVER_JAR ]] || die "no server jar to take Tomcat from: set SERVER_JAR or TOMCAT_JARS"
    unzip -q -o -j "$SERVER_JAR" 'BOOT-INF/lib/tomcat-embed-core-*.jar' 'BOOT-INF/lib/jakarta.annotation-api-*.jar' \
      -d out/tomcat || die "no Tomcat inside $SERVER_JAR: is it the plain jar?"
    TOMCAT_JARS='out/tomcat/*'
  fi
  "$JAVAC" --release 17 -cp "$TOMCAT_JARS" -d out/tomcat peers/tomcat/BareTomcat.java
fi

# --- subjects --------------------------------------------------------------------------------------------------------

start() { # subject, algorithm; sets subject_pid
  local subject=$1 alg=$2 log="out/logs/$1.log"
  local session_key=out/session-secret
  [[ $alg == RS256 ]] && session_key=out/rs256-public.pem
  port_must_be_free "$BENCH_PORT"
  case $subject in
    tomcat)
      "$JAVA" "${jvm_flags[@]}" -cp "out/tomcat:$TOMCAT_JARS" BareTomcat "$BENCH_PORT" out/constant.jwt out/tomcat >"$log" 2>&1 &
      ;;
    server-*)
      local profiles=()
      [[ $alg == OPAQUE || $alg == COOKIE ]] && profiles=(--spring.profiles.active=services)
      [[ $subject == server-dead ]] && profiles=(--spring.profiles.active=services,dead)
      ABLY_API_KEY="$(<out/ably-api-key)" BENCH_SESSION_SECRET="$(<out/session-secret)" BENCH_ADMIN_HASH="sha256:$(sha256sum <out/admin-token | cut -c 1-64)" \
        "$JAVA" "${jvm_flags[@]}" -jar "$SERVER_JAR" --spring.config.additional-location=file:./config/ "${profiles[@]}" >"$log" 2>&1 &
      ;;
    express-* | fastify-*)
      local keys=string peer=${subject%%-*} processes=1
      [[ $subject == express-keyobject-* ]] && keys=keyobject
      [[ $subject == fastify-cluster-* ]] && processes=$(nproc)
      PROCESSES=$processes KEYS=$keys PORT=$BENCH_PORT ALG=$alg SESSION_KEY_FILE=$session_key ABLY_API_KEY_FILE=out/ably-api-key \
        node "peers/$peer.mjs" >"$log" 2>&1 &
      ;;
  esac
  subject_pid=$!
  wait_for "$subject_pid" "$log" -H "$(header "$alg")$(head -n 1 "out/${alg,,}.txt")" "$url"
}

header() { # what stands before the token
  if [[ $1 == COOKIE ]]; then printf 'Cookie: sid='; else printf 'Authorization: Bearer '; fi
}

family() { # of a process and its children, the path of a file of each
  printf "/proc/%s/$2\n" "$1" $(pgrep -P "$1" || true)
}

cpu_ticks() { # utime + stime of all threads; the name in field 2 may hold spaces
  sed 's/^.*) //' $(family "$1" stat) | awk '{ all += $12 + $13 } END { print all }'
}

memory_kb() { awk -v what="$2:" '$1 == what { all += $2 } END { print all }' $(family "$1" status); }

load() { # seconds, token file, requests sent before, header; prints the BENCH line
  timeout --foreground -k 5 $(($1 + 30)) wrk -t"$THREADS" -c"$CONNECTIONS" -d"$1s" --timeout 5s -s load.lua "$url" -- "$2" "$3" "$4" \
    | tee -a out/logs/wrk.log | grep '^BENCH ' || die "wrk gave no result, see bench/out/logs/wrk.log"
}

field() { sed "s/.* $2=\([0-9]*\).*/\1/" <<<"$1"; }

verify() { # subject, algorithm; prints the size of the answer
  if [[ $1 == tomcat ]]; then
    node verify.mjs "$url" constant
  else
    node verify.mjs "$url" "$2" "$SAMPLE" "$([[ $1 == server-dead ]] && echo strangers-too)"
  fi || die "$1: the answers are wrong, see above"
}

measure() {
  local subject=$1 alg=HS256 tokens bytes line before after sent=0 round
  case $subject in
    *-rs256) alg=RS256 ;;
    *-introspection) alg=OPAQUE ;;
    *-forward) alg=COOKIE ;;
  esac
  tokens="out/${alg,,}.txt"
  say "$subject: start"
  start "$subject" "$alg"
  bytes=$(verify "$subject" "$alg")
  if [[ $subject == server-dead ]]; then
    node strangers.mjs "$url" &
    strangers_pid=$!
  fi
  if ((WARMUP > 0)); then
    line=$(load "$WARMUP" "$tokens" 0 "$(header "$alg")")
    sent=$(field "$line" requests)
    say "$subject: warm-up of $WARMUP s, $sent requests"
  fi
  for round in $(seq "$ROUNDS"); do
    before=$(cpu_ticks "$subject_pid")
    line=$(load "$DURATION" "$tokens" "$sent" "$(header "$alg")")
    after=$(cpu_ticks "$subject_pid") || die "$subject: the process ended under load, see bench/out/logs/$subject.log"
    (($(field "$line" requests) > 0)) || die "$subject: no request was answered"
    sent=$((sent + $(field "$line" requests)))
    printf '%s\t%s' "$subject" "$round" >>out/rounds.tsv
    for name in requests duration_us p50_us p99_us status socket bytes; do
      printf '\t%s' "$(field "$line" "$name")" >>out/rounds.tsv
    done
    printf '\t%s\t%s\t%s\t%s\t%s\n' $(((after - before) * 1000000 / ticks)) "$(memory_kb "$subject_pid" VmRSS)" \
      "$(memory_kb "$subject_pid" VmHWM)" "$bytes" "$(awk -v s="$sent" -v t="$(wc -l <"$tokens")" 'BEGIN { printf "%.2f", s / t }')" \
      >>out/rounds.tsv
    say "$subject: round $round, ${line#BENCH }"
  done
  if [[ -n $strangers_pid ]]; then
    stop "$strangers_pid"
    strangers_pid=''
  fi
  verify "$subject" "$alg" >/dev/null
  stop "$subject_pid"
  subject_pid=''
}

ticks=$(getconf CLK_TCK)
: >out/logs/wrk.log
rm -f out/dead.json
printf 'subject\tround\trequests\tduration_us\tp50_us\tp99_us\tstatus\tsocket\tbytes\tcpu_us\trss_kb\thwm_kb\tanswer_bytes\tuses\n' \
  >out/rounds.tsv

if has server; then
  PORT=$BENCH_JWKS_PORT node jwks.mjs >out/logs/jwks.log 2>&1 &
  helper_pid=$!
  wait_for "$helper_pid" out/logs/jwks.log "http://127.0.0.1:$BENCH_JWKS_PORT/jwks"
fi

# The list lasts, so it is filled once.
if has server && [[ ! -e out/deny-list.db || $(cat out/denied 2>/dev/null) != "$DENIED" ]]; then
  rm -f out/deny-list.db* out/denied
  start server-hs256 HS256
  node denials.mjs "http://127.0.0.1:$BENCH_PORT" "$DENIED" <out/admin-token
  stop "$subject_pid"
  subject_pid=''
  echo "$DENIED" >out/denied
fi
for subject in $SUBJECTS; do measure "$subject"; done
stop_all

# --- result ----------------------------------------------------------------------------------------------------------

version_of() { node -p "require('./node_modules/$1/package.json').version"; }
{
  node report.mjs
  echo
  echo "Machine: $(nproc) cores, $(awk -F': *' '/^model name/ { print $2; exit }' /proc/cpuinfo), Linux $(uname -r);" \
    "load and server on the same machine, load average at the end $(cut -d' ' -f1 /proc/loadavg)."
  if has tomcat || has server; then
    echo "Java: $("$JAVA" -version 2>&1 | sed -n 3p); flags $HEAP$([[ -e $JVM_OPTIONS ]] && echo " and $(grep -v '^ *#' "$JVM_OPTIONS" | xargs)")."
  fi
  echo "Node: $(node -v), NODE_ENV=production, one process, or one for each core (cluster); express $(version_of express), jsonwebtoken $(version_of jsonwebtoken)," \
    "fastify $(version_of fastify), fast-jwt $(version_of fast-jwt); checked with jose $(version_of jose)."
  echo "Parameters: $CONNECTIONS connections, $THREADS wrk threads, $USERS users with $TOKENS_PER_USER tokens each, $DENIED others denied," \
    "warm-up $WARMUP s, $ROUNDS rounds of $DURATION s, medians, $SAMPLE answers checked before and after."
} | tee out/results.md
