#!/bin/sh
# Bootstraps Consul's ACLs once and creates a token with minimal rights for each client. Keeps existing tokens, updates
# policies.
set -eu
umask 022

management=/secrets/management/token
known() { [ -s "$1" ] && CONSUL_HTTP_TOKEN=$(cat "$1") consul acl token read -self >/dev/null 2>&1; }

# exit early if this version of the script has run and Consul still knows its tokens: every `docker compose up` waits for it
done=/secrets/management/done
script=$(md5sum </config/acl.sh)
if [ "$(cat $done 2>/dev/null)" = "$script" ] && known /secrets/exporters/consul; then exit; fi
rm -f $done

if ! known $management; then
    bootstrap=$(consul acl bootstrap)
    echo "$bootstrap" | sed -n 's/^SecretID: *//p' >$management
fi
CONSUL_HTTP_TOKEN=$(cat $management)
export CONSUL_HTTP_TOKEN

# NAME: creates or updates the policy from the rules on standard input
policy() {
    cat >/tmp/rules
    if consul acl policy read -name "$1" >/dev/null 2>&1; then
        consul acl policy update -name "$1" -rules @/tmp/rules >/dev/null
    else
        consul acl policy create -name "$1" -rules @/tmp/rules >/dev/null
    fi
}

# NAME VOLUME: creates a token with the policy NAME in the volume's file "consul"
token() {
    known "/secrets/$2/consul" && return
    consul acl token create -description "$1" -policy-name "$1" >/tmp/token
    sed -n 's/^SecretID: *//p' /tmp/token >"/secrets/$2/consul"
}

# NAME SECRET: registers a generated token with the policy NAME
given() {
    CONSUL_HTTP_TOKEN=$2 consul acl token read -self >/dev/null 2>&1 && return
    consul acl token create -description "$1" -policy-name "$1" -secret "$2" >/dev/null
}

secret_in() { sed -n "s/.*\"$2\": \"\([^\"]*\)\".*/\1/p" "$1"; }

policy agents <<'END'
node_prefix "" { policy = "write" }
service_prefix "" { policy = "read" }
END
given agents "$(secret_in /secrets/consul/tokens.json agent)"
given agents "$(secret_in /secrets/consul-client/tokens.json agent)"

# the UI, DNS lookups, and Prometheus
policy lookers <<'END'
node_prefix "" { policy = "read" }
service_prefix "" { policy = "read" }
agent_prefix "" { policy = "read" }
END
given lookers "$(secret_in /secrets/consul-client/tokens.json default)"

token lookers prometheus

policy order-service <<'END'
service "order-service" { policy = "write" }
service "coupon-service" { policy = "read" }
node_prefix "" { policy = "read" }
END
token order-service order

policy coupon-service <<'END'
service "coupon-service" { policy = "write" }
END
token coupon-service coupon

# both read all instances
for service in alert-relay console; do
    policy $service <<END
service "$service" { policy = "write" }
service_prefix "" { policy = "read" }
node_prefix "" { policy = "read" }
END
done
token alert-relay relay
token console console

policy traffic <<'END'
service "order-service" { policy = "read" }
service "coupon-service" { policy = "read" }
node_prefix "" { policy = "read" }
END
token traffic traffic

policy exporters <<'END'
service "node-exporter" { policy = "write" }
service "cadvisor" { policy = "write" }
END
token exporters exporters
echo "$script" >$done
