{{- /* SPDX-License-Identifier: Apache-2.0 */ -}}
{{- define "panacall.image" -}}
{{ .root.Values.image.repository }}/{{ .name }}:{{ .root.Values.image.tag | default .root.Chart.AppVersion }}
{{- end }}

{{- define "panacall.labels" -}}
app.kubernetes.io/name: {{ .name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
{{- end }}

{{/* Health and metrics are a thousand above gRPC; the desktop has nothing but HTTP. */}}
{{- define "panacall.httpPort" -}}
{{- if eq .name "desktop" }}{{ .port }}{{ else }}{{ add .port 1000 }}{{ end -}}
{{- end }}

{{/* "host:port,host:port": the pods of a StatefulSet by their stable names. */}}
{{- define "panacall.addresses" -}}
{{- $list := list -}}
{{- range $i := until (int .replicas) -}}
{{- $list = append $list (printf "%s-%s-%d.%s-%s:%d" $.root.Release.Name $.name $i $.root.Release.Name $.name (int $.port)) -}}
{{- end -}}
{{ join "," $list }}
{{- end }}

{{/* Settings that every service gets, addresses of the others among them. */}}
{{- define "panacall.settings" -}}
{{- $r := .Release.Name -}}
PANACALL_NATS_URL: {{ .Values.nats.url | quote }}
PANACALL_PRODUCTION: {{ not .Values.demo | quote }}
PANACALL_DIRECTORY_ADDRESS: {{ printf "%s-directory:%d" $r (int .Values.services.directory.port) | quote }}
PANACALL_REPORTING_ADDRESSES: {{ printf "%s-reporting:%d" $r (int .Values.services.reporting.port) | quote }}
PANACALL_RECORDINGS_ADDRESSES: {{ printf "%s-recordings:%d" $r (int .Values.services.recordings.port) | quote }}
PANACALL_IVR_ADDRESSES: {{ include "panacall.addresses" (dict "root" . "name" "ivr" "replicas" .Values.services.ivr.replicas "port" .Values.services.ivr.port) | quote }}
PANACALL_ACD_ADDRESSES: {{ include "panacall.addresses" (dict "root" . "name" "acd" "replicas" .Values.services.acd.replicas "port" .Values.services.acd.port) | quote }}
PANACALL_SIP_INGRESS_ADDRESSES: {{ include "panacall.addresses" (dict "root" . "name" "sip-ingress" "replicas" .Values.sipIngress.replicas "port" .Values.sipIngress.port) | quote }}
PANACALL_MEDIA_ADDRESSES: {{ include "panacall.addresses" (dict "root" . "name" "media" "replicas" .Values.media.replicas "port" .Values.media.port) | quote }}
PANACALL_EDGE_SIP_ADDRESS: {{ printf "%s-edge:5080" $r | quote }}
PANACALL_EDGE_RELAY_ADDRESS: {{ printf "%s-edge:5067/relay" $r | quote }}
PANACALL_EDGE_RPC_URL: {{ printf "http://%s-edge:5067/RPC" $r | quote }}
QUARKUS_HTTP_HOST: "0.0.0.0"
PANACALL_GRPC_HOST: "0.0.0.0"
{{- end }}
