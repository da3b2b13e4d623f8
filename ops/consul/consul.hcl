# The one Consul server of the platform, for any Consul since 1.8. Ports and the data folder come on the command line.
server           = true
bootstrap_expect = 1
bind_addr        = "127.0.0.1"
client_addr      = "127.0.0.1"

# the data folder outlives a change of the host's name
node_name            = "rollcall"
disable_update_check = true

# a lone server need not wait as long as a quorum over a network: it leads after 2 s instead of 8 s
performance {
  raft_multiplier = 1
}

# every watch of every service on this machine holds a connection, and all come from one address
limits {
  http_max_conns_per_client = 2000
}

# without it there is nothing for Prometheus; in Consul 1.8, what only a leader serves is gone this long after it has ceased
# to lead, which the alert ConsulWithoutLeader relies on
telemetry {
  prometheus_retention_time = "30s"
  disable_hostname          = true
}

ports {
  dns      = -1
  serf_wan = -1
}
