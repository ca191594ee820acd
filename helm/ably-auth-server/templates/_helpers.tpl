{{- define "ably-auth-server.name" -}}
{{- if contains .Chart.Name .Release.Name }}{{ .Release.Name | trunc 52 | trimSuffix "-" }}{{ else }}{{ printf "%s-%s" .Release.Name .Chart.Name | trunc 52 | trimSuffix "-" }}{{ end }}
{{- end }}

{{- define "ably-auth-server.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "ably-auth-server.labels" -}}
{{ include "ably-auth-server.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end }}

{{/* What would be noticed too late, and what a schema cannot say. */}}
{{- define "ably-auth-server.check" -}}
{{- $url := dig "deny-list" "url" "" .Values.settings }}
{{- $claim := .Values.persistence.existingClaim }}
{{- if and (gt (int .Values.replicas) 1) $claim }}
{{- fail "persistence.existingClaim: a claim is for replicas: 1" }}
{{- end }}
{{- if not (hasPrefix "jdbc:postgresql:" $url) }}
{{- if gt (int .Values.replicas) 1 }}
{{- fail "settings.deny-list.url: several replicas need a PostgreSQL, such as jdbc:postgresql://host/database" }}
{{- end }}
{{- if not $claim }}
{{- fail "persistence.existingClaim: a deny-list in a SQLite file needs a claim, or each new pod forgets who is denied; or let settings.deny-list.url name a PostgreSQL" }}
{{- end }}
{{- if and $url (not (regexMatch "^jdbc:sqlite:(\\./|/app/)?data/[^/]+$" $url)) }}
{{- fail "settings.deny-list.url: the claim is mounted at /app/data, expected a file there, such as jdbc:sqlite:/app/data/ably-auth.db" }}
{{- end }}
{{- end }}
{{- include "ably-auth-server.checkTimes" . }}
{{- if eq (int .Values.managementPort) 8080 }}
{{- fail "managementPort: 8080 is the port of the tokens" }}
{{- end }}
{{- end }}

{{/* See docs/operations/running.md#how-long-a-stop-takes. A drain in other units is not looked at. */}}
{{- define "ably-auth-server.checkTimes" -}}
{{- $drain := dig "web" "drain" "3s" .Values.settings | toString }}
{{- if regexMatch "^[0-9]+[sm]$" $drain }}
{{- $seconds := mul (regexFind "^[0-9]+" $drain | int) (hasSuffix "m" $drain | ternary 60 1) }}
{{- $least := add $seconds (empty .Values.managementPort | ternary 25 50) }}
{{- if lt (int .Values.terminationGracePeriodSeconds) (int $least) }}
{{- fail (printf "terminationGracePeriodSeconds: expected at least %d, by settings.web.drain" $least) }}
{{- end }}
{{- end }}
{{- end }}

{{- define "ably-auth-server.application" -}}
{{- with .Values.managementPort -}}
management:
  server:
    port: {{ . }}
    address: 0.0.0.0
{{ end -}}
ably-auth:
  keys:
    {{- range $place, $key := .Values.apiKeys }}
    - file: /run/secrets/ably-auth/ably-api-key-{{ $place }}
      revocable-tokens: {{ $key.revocableTokens | default false }}
      {{- with $key.capability }}
      capability: {{ . | quote }}
      {{- end }}
      {{- with $key.drainUntil }}
      drain-until: {{ . | quote }}
      {{- end }}
    {{- end }}
  policy: file:/app/policy/policy.yml
{{ toYaml .Values.settings | indent 2 }}
{{- end }}
