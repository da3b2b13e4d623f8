#!/bin/sh
# Generates the secrets once, each only in the volumes of the containers that need it: /secrets/<volume>/<name>.
# A container that mounts a volume can read all its files.
set -eu
umask 022

random() { head -c 32 /dev/urandom | base64 | tr '+/' '-_' | tr -d '=\n'; }

# VOLUME/NAME ...: the same secret in several places; keeps an existing one
secret() {
    value=
    for place; do
        if [ -s "/secrets/$place" ]; then value=$(cat "/secrets/$place"); fi
    done
    [ -n "$value" ] || value=$(random)
    for place; do
        [ -s "/secrets/$place" ] || echo "$value" >"/secrets/$place"
    done
}

secret order/admin coupon/admin relay/admin traffic/admin
secret order/service coupon/service
secret relay/relay alertmanager/relay stand-ins/relay
secret relay/robot-token stand-ins/robot-token
secret relay/robot-secret stand-ins/robot-secret
secret relay/phone stand-ins/phone
secret prometheus/prometheus order/metrics coupon/metrics relay/metrics console/metrics audit/prometheus
secret postgres/superuser
secret order/database postgres/order-service audit/order-service
secret coupon/database postgres/coupon-service audit/coupon-service
secret grafana/admin

# the tokens of Consul's agents, and the read-only default token for requests without one
if [ ! -s /secrets/consul/tokens.json ]; then
    uuid() { cat /proc/sys/kernel/random/uuid; }
    cat >/secrets/consul/tokens.json <<END
{"acl": {"tokens": {"agent": "$(uuid)"}}}
END
    cat >/secrets/consul-client/tokens.json <<END
{"acl": {"tokens": {"agent": "$(uuid)", "default": "$(uuid)"}}}
END
fi
