#!/usr/bin/env bash
# Draws docs/operations/grafana-dashboard.json: two servers, a load of many kinds, a real Prometheus, and a page with what the queries
# of each panel gave. Grafana itself is not in it. README.md says more.
# All parameters are environment variables; these are their defaults:
: "${MINUTES:=10}"           # of load; what happens in it is spread over them
: "${BENCH_PORT:=18480}"     # and the next one, for the second server
: "${BENCH_JWKS_PORT:=18482}"
: "${PROMETHEUS_PORT:=18483}"
: "${JAVA:=java}"
: "${PROMETHEUS:=prometheus}"
: "${CHROMIUM:=chromium}"
: "${HEAP:=-Xmx192m}"
: "${JVM_OPTIONS:=../jvm.options}"
: "${SERVER_JAR:=}"          # default ../target/ably-auth-server-*-exec.jar
: "${PICTURE:=../docs/operations/dashboard.png}"

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
export BENCH_PORT BENCH_JWKS_PORT PROMETHEUS_PORT MINUTES
out=out/dashboard

die() { printf 'dashboard.sh: %s\n' "$*" >&2; exit 1; }
trap 'for pid in $(jobs -p); do kill "$pid" 2>/dev/null || true; done; wait' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

for tool in node npm curl openssl "$JAVA" "$PROMETHEUS" "$CHROMIUM"; do
  command -v "$tool" >/dev/null || die "$tool is missing (prometheus, chromium: packages of these names in Debian)"
done
if [[ -z $SERVER_JAR ]]; then
  for jar in ../target/ably-auth-server-*-exec.jar; do
    if [[ -e $jar ]]; then SERVER_JAR=$jar; break; fi
  done
fi
[[ -e $SERVER_JAR ]] || die "no server jar in ../target: build it first (./mvnw package) or set SERVER_JAR"

if [[ ! -e node_modules/.package-lock.json || package-lock.json -nt node_modules/.package-lock.json ]]; then
  npm ci --loglevel=error >&2
fi
node users.mjs 10000 10
rm -rf "$out"
mkdir -p "$out"
cp dashboard/policy.yml "$out/policy.yml"
admin=$(openssl rand -base64 32)
(umask 077 && printf %s "$admin" >"$out/admin-token")
BENCH_ADMIN_HASH=sha256:$(printf %s "$admin" | sha256sum | cut -d' ' -f1)
ABLY_API_KEY=$(<out/ably-api-key)
BENCH_SESSION_SECRET=$(<out/session-secret)
BENCH_GUEST_SECRET=$(openssl rand -base64 32)
export BENCH_GUEST_SECRET BENCH_ADMIN_HASH ABLY_API_KEY BENCH_SESSION_SECRET

PORT=$BENCH_JWKS_PORT node jwks.mjs >"$out/services.log" 2>&1 &
echo $! >"$out/services.pid"
flags=("$HEAP")
[[ -e $JVM_OPTIONS ]] && flags+=("@$JVM_OPTIONS")
ports=("$BENCH_PORT" "$((BENCH_PORT + 1))")
for port in "${ports[@]}"; do
  "$JAVA" "${flags[@]}" -jar "$SERVER_JAR" --spring.config.additional-location=file:./dashboard/application.yml --server.port="$port" \
    >"$out/server-$port.log" 2>&1 &
  for _ in $(seq 120); do
    curl -sf -o /dev/null -m 2 "http://127.0.0.1:$port/readyz" && break
    kill -0 $! 2>/dev/null || { cat "$out/server-$port.log" >&2; die 'the server ended'; }
    sleep 0.5
  done
  curl -sf -o /dev/null "http://127.0.0.1:$port/readyz" || die "not ready, see bench/$out/server-$port.log"
done

cat >"$out/prometheus.yml" <<YAML
global:
  scrape_interval: 5s
rule_files:
  - ../../../docs/operations/alerts.yml
scrape_configs:
  - job_name: ably-auth
    metrics_path: /actuator/prometheus
    authorization:
      credentials_file: admin-token
    static_configs:
      - targets: ["127.0.0.1:${ports[0]}", "127.0.0.1:${ports[1]}"]
YAML
"$PROMETHEUS" --config.file="$out/prometheus.yml" --storage.tsdb.path="$out/prometheus" \
  --web.listen-address="127.0.0.1:$PROMETHEUS_PORT" >"$out/prometheus.log" 2>&1 &

node dashboard/load.mjs
node dashboard/draw.mjs >"$out/page.html"
"$CHROMIUM" --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update \
  --disable-sync --user-data-dir="$PWD/$out/chromium" --hide-scrollbars --window-size=1456,1940 --screenshot="$PICTURE" "file://$PWD/$out/page.html" \
  >"$out/chromium.log" 2>&1 || die "no picture, see bench/$out/chromium.log"
echo "$PICTURE"
