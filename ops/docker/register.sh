#!/bin/sh
# NAME PORT: registers an exporter, whose container NAME serves metrics at PORT, in Consul.
set -eu
CONSUL_HTTP_TOKEN=$(cat /run/secrets/consul)
export CONSUL_HTTP_TOKEN
cat >/tmp/service.json <<END
{"service": {
  "id": "$1-$1-$2", "name": "$1", "address": "$1", "port": $2, "tags": ["metrics"],
  "meta": {"metrics_port": "$2", "metrics_path": "/metrics", "metrics_scheme": "http", "env": "docker"},
  "check": {"name": "serves metrics", "http": "http://$1:$2/metrics", "interval": "15s", "timeout": "5s"}
}}
END
consul services register /tmp/service.json
