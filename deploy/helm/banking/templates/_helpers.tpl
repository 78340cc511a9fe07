{{/* What all objects of a release have in common. */}}
{{- define "banking.name" -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- end -}}

{{- define "banking.selector" -}}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end -}}

{{- define "banking.labels" -}}
{{ include "banking.selector" . }}
app.kubernetes.io/part-of: banking
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ .root.Chart.Name }}-{{ .root.Chart.Version }}
{{- end -}}

{{- define "banking.image" -}}
{{- $image := printf "%s/%s" .root.Values.image.registry .component -}}
{{- if .digest -}}
{{ $image }}@{{ .digest }}
{{- else -}}
{{ $image }}:{{ .root.Values.image.tag | default .root.Chart.AppVersion }}
{{- end -}}
{{- end -}}

{{/* As compose gives them: no root, no right that is not needed, nothing to write but what is mounted. */}}
{{- define "banking.podSecurity" -}}
automountServiceAccountToken: false
enableServiceLinks: false
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
securityContext:
  runAsNonRoot: true
  runAsUser: 10001
  runAsGroup: 10001
  fsGroup: 10001
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile: {type: RuntimeDefault}
{{- end -}}

{{- define "banking.containerSecurity" -}}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities: {drop: [ALL]}
{{- end -}}

{{- define "banking.database" -}}
- {name: DB_HOST, value: {{ .Values.database.host | quote }}}
- {name: DB_PORT, value: {{ .Values.database.port | quote }}}
- {name: DB_NAME, value: {{ .Values.database.name | quote }}}
{{- with .Values.database.options }}
- {name: DB_OPTIONS, value: {{ . | quote }}}
{{- end }}
{{- end -}}

{{/* A variable whose value is in a Secret under the same name. */}}
{{- define "banking.secret" -}}
- name: {{ .name }}
  valueFrom: {secretKeyRef: {name: {{ .secret }}, key: {{ .name }}}}
{{- end -}}

{{/* What an application is told: root, port, managementPort, role, secret, settings. */}}
{{- define "banking.environment" -}}
{{- $values := .root.Values -}}
- {name: SERVER_ADDRESS, value: 0.0.0.0}
- {name: MANAGEMENT_SERVER_ADDRESS, value: 0.0.0.0}
- {name: PORT, value: {{ .port | quote }}}
- {name: MANAGEMENT_SERVER_PORT, value: {{ .managementPort | quote }}}
{{ include "banking.database" .root }}
- {name: DB_USER, value: {{ .role | quote }}}
{{ include "banking.secret" (dict "name" "DB_PASSWORD" "secret" .secret) }}
# The migration job has done it, and these roles may not.
- {name: DB_MIGRATE, value: "false"}
{{ include "banking.secret" (dict "name" "RABBITMQ_URL" "secret" .secret) }}
{{- with $values.tracing.endpoint }}
- {name: OTEL_EXPORTER_OTLP_ENDPOINT, value: {{ . | quote }}}
{{- end }}
{{- range $name, $value := merge (dict) .settings $values.settings }}
- {name: {{ $name }}, value: {{ $value | quote }}}
{{- end }}
{{- end -}}

{{- define "banking.authentication" -}}
{{- with .Values.auth -}}
{{- if not (or .issuerUri .jwkSetUri .publicKeySecret) -}}
{{- fail "auth: name the issuer of tokens by issuerUri, jwkSetUri or publicKeySecret" -}}
{{- end -}}
- {name: AUTH_MODE, value: jwt}
- {name: JWT_AUDIENCE, value: {{ .audience | quote }}}
- {name: JWT_ALGORITHM, value: {{ .algorithm }}}
{{- with .issuerUri }}
- {name: JWT_ISSUER_URI, value: {{ . | quote }}}
{{- end }}
{{- with .jwkSetUri }}
- {name: JWT_JWK_SET_URI, value: {{ . | quote }}}
{{- end }}
{{- if .publicKeySecret }}
- {name: JWT_PUBLIC_KEY_FILE, value: /run/keys/public.pem}
{{- end }}
{{- end -}}
{{- end -}}

{{/* Life is asked of the process alone: a database that is away is no reason to restart anybody. */}}
{{- define "banking.probes" -}}
startupProbe:
  httpGet: {path: /actuator/health/liveness, port: management}
  periodSeconds: 2
  timeoutSeconds: 2
  # Three minutes: the database may be away for one, and a cold start on a busy node takes its time.
  failureThreshold: 90
livenessProbe:
  httpGet: {path: /actuator/health/liveness, port: management}
  periodSeconds: 10
  timeoutSeconds: 5
  failureThreshold: 6
readinessProbe:
  httpGet: {path: /actuator/health/readiness, port: management}
  periodSeconds: 3
  timeoutSeconds: 3
  failureThreshold: 2
{{- end -}}

{{/* The balancers are told first; until they have heard it, the pod goes on serving. */}}
{{- define "banking.drain" -}}
lifecycle:
  preStop:
    sleep: {seconds: {{ .Values.shutdown.drain }}}
{{- end -}}

{{/* Side by side where they can be, but rather together than not at all. */}}
{{- define "banking.spread" -}}
topologySpreadConstraints:
  {{- $labels := include "banking.selector" . }}
  {{- range list "topology.kubernetes.io/zone" "kubernetes.io/hostname" }}
  - maxSkew: 1
    topologyKey: {{ . }}
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels:
        {{- $labels | nindent 8 }}
    # Each release of an application for itself, not with the pods that it replaces.
    matchLabelKeys: [pod-template-hash]
  {{- end }}
{{- end -}}
