{{- /* SPDX-License-Identifier: Apache-2.0 */ -}}
{{/*
What the pods of all our Java services share. Takes root, name, port, memory, cpu, config,
database, and for SIP and media host network, grace period and further environment and ports.
*/}}
{{- define "panacall.pod" -}}
metadata:
  labels:
    {{- include "panacall.labels" . | nindent 4 }}
  annotations:
    # A change of settings restarts the pods.
    checksum/config: {{ printf "%s%s" (include "panacall.settings" .root) (toYaml .config) | sha256sum }}
spec:
  automountServiceAccountToken: false
  {{- if .hostNetwork }}
  hostNetwork: true
  dnsPolicy: ClusterFirstWithHostNet
  {{- end }}
  terminationGracePeriodSeconds: {{ .graceSeconds | default 30 }}
  securityContext:
    runAsNonRoot: true
    runAsUser: 10001
    fsGroup: 10001
    seccompProfile:
      type: RuntimeDefault
  topologySpreadConstraints:
    - maxSkew: 1
      topologyKey: kubernetes.io/hostname
      whenUnsatisfiable: ScheduleAnyway
      labelSelector:
        matchLabels:
          {{- include "panacall.labels" . | nindent 10 }}
  containers:
    - name: {{ .name }}
      image: {{ include "panacall.image" . }}
      imagePullPolicy: {{ .root.Values.image.pullPolicy }}
      securityContext:
        allowPrivilegeEscalation: false
        readOnlyRootFilesystem: true
        capabilities:
          drop: [ALL]
      env:
        - name: PANACALL_INSTANCE
          valueFrom:
            fieldRef:
              fieldPath: metadata.name
        - name: POD_IP
          valueFrom:
            fieldRef:
              fieldPath: status.podIP
        - name: QUARKUS_HTTP_PORT
          value: {{ include "panacall.httpPort" . | quote }}
        {{- if ne .name "desktop" }}
        - name: PANACALL_GRPC_PORT
          value: {{ .port | quote }}
        - name: PANACALL_GRPC_ADVERTISED_ADDRESS
          value: $(POD_IP):{{ .port }}
        {{- end }}
        - name: PANACALL_DATA_DIRECTORY
          value: /data
        - name: PANACALL_SERVICE_TOKEN
          valueFrom: { secretKeyRef: { name: {{ .root.Values.secretName }}, key: service-token } }
        - name: PANACALL_EDGE_RPC_TOKEN
          valueFrom: { secretKeyRef: { name: {{ .root.Values.secretName }}, key: rpc-token } }
        {{- if eq .name "desktop" }}
        - name: PANACALL_EDGE_WEBRTC_SECRET
          valueFrom: { secretKeyRef: { name: {{ .root.Values.secretName }}, key: webrtc-secret } }
        {{- end }}
        {{- if eq .name "media" }}
        - name: PANACALL_MEDIA_RECORDING_KEY
          valueFrom: { secretKeyRef: { name: {{ .root.Values.secretName }}, key: spool-key } }
        {{- end }}
        {{- if eq .name "recordings" }}
        - name: PANACALL_RECORDINGS_MASTER_KEY
          valueFrom: { secretKeyRef: { name: {{ .root.Values.secretName }}, key: recordings-key } }
        {{- end }}
        {{- if .database }}
        - name: QUARKUS_DATASOURCE_PASSWORD
          valueFrom: { secretKeyRef: { name: {{ .root.Values.secretName }}, key: database-password } }
        {{- end }}
        {{- range $key, $value := .environment }}
        - name: {{ $key }}
          value: {{ $value | quote }}
        {{- end }}
      envFrom:
        - configMapRef:
            name: {{ .root.Release.Name }}-settings
        {{- if .config }}
        - configMapRef:
            name: {{ .root.Release.Name }}-{{ .name }}
        {{- end }}
      ports:
        - name: http
          containerPort: {{ include "panacall.httpPort" . }}
        {{- if ne .name "desktop" }}
        - name: grpc
          containerPort: {{ .port }}
        {{- end }}
        {{- with .sipPort }}
        - name: sip
          containerPort: {{ . }}
          protocol: UDP
        {{- end }}
      startupProbe:
        httpGet: { path: /q/health/started, port: http }
        periodSeconds: 2
        failureThreshold: 60
      readinessProbe:
        httpGet: { path: /q/health/ready, port: http }
        periodSeconds: 2
      livenessProbe:
        httpGet: { path: /q/health/live, port: http }
        periodSeconds: 5
        failureThreshold: 6
      resources:
        requests: { cpu: {{ .cpu | quote }}, memory: {{ .memory }} }
        limits: { memory: {{ .memory }} }
      volumeMounts:
        - { name: data, mountPath: /data }
        - { name: tmp, mountPath: /tmp }
        {{- with .models }}
        - { name: models, mountPath: /models, readOnly: true }
        {{- end }}
  volumes:
    - name: data
      emptyDir: {}
    - name: tmp
      emptyDir: {}
    {{- with .models }}
    - name: models
      persistentVolumeClaim: { claimName: {{ . }}, readOnly: true }
    {{- end }}
{{- end }}

{{/* Settings of one service alone, word for word. */}}
{{- define "panacall.config" -}}
{{- if .config }}
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .root.Release.Name }}-{{ .name }}
  labels:
    {{- include "panacall.labels" . | nindent 4 }}
data:
  {{- range $key, $value := .config }}
  {{ $key }}: {{ $value | quote }}
  {{- end }}
{{- end }}
{{- end }}

{{/* Service and disruption budget. */}}
{{- define "panacall.network" -}}
---
apiVersion: v1
kind: Service
metadata:
  name: {{ .root.Release.Name }}-{{ .name }}
  labels:
    {{- include "panacall.labels" . | nindent 4 }}
spec:
  {{- if eq .kind "StatefulSet" }}
  clusterIP: None
  publishNotReadyAddresses: true
  {{- end }}
  selector:
    {{- include "panacall.labels" . | nindent 4 }}
  ports:
    - { name: http, port: {{ include "panacall.httpPort" . }}, targetPort: http }
    {{- if ne .name "desktop" }}
    - { name: grpc, port: {{ .port }}, targetPort: grpc }
    {{- end }}
    {{- with .sipPort }}
    - { name: sip, port: {{ . }}, targetPort: sip, protocol: UDP }
    {{- end }}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: {{ .root.Release.Name }}-{{ .name }}
  labels:
    {{- include "panacall.labels" . | nindent 4 }}
spec:
  maxUnavailable: 1
  selector:
    matchLabels:
      {{- include "panacall.labels" . | nindent 6 }}
{{- end }}

{{/* A Deployment or StatefulSet of our own pods. */}}
{{- define "panacall.workload" -}}
---
apiVersion: apps/v1
kind: {{ .kind }}
metadata:
  name: {{ .root.Release.Name }}-{{ .name }}
  labels:
    {{- include "panacall.labels" . | nindent 4 }}
spec:
  replicas: {{ .replicas }}
  {{- if eq .kind "StatefulSet" }}
  serviceName: {{ .root.Release.Name }}-{{ .name }}
  podManagementPolicy: Parallel
  {{- end }}
  selector:
    matchLabels:
      {{- include "panacall.labels" . | nindent 6 }}
  template:
    {{- include "panacall.pod" . | nindent 4 }}
{{- include "panacall.config" . }}
{{ include "panacall.network" . }}
{{- end }}
