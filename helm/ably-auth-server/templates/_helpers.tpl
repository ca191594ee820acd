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

{{- define "ably-auth-server.application" -}}
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
