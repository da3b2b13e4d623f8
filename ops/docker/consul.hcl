# Every agent of Consul in Docker, for any Consul since 1.8: servers and the client beside the services.
bind_addr            = "0.0.0.0"
client_addr          = "0.0.0.0"
data_dir             = "/consul/data"
disable_update_check = true

# one that is there is enough; the others come with --profile cluster
retry_join     = ["consul-server-1", "consul-server-2", "consul-server-3"]
retry_interval = "2s"

acl {
  enabled        = true
  default_policy = "deny"
  down_policy    = "extend-cache"
}

# a quorum on one machine need not wait as long as one over a network
performance {
  raft_multiplier = 1
}

# every watch of every service holds a connection
limits {
  http_max_conns_per_client = 2000
}

# without it there is nothing for Prometheus; in Consul 1.8, what only a leader serves is gone this long after it has ceased
# to lead, which the alert ConsulWithoutLeader relies on
telemetry {
  prometheus_retention_time = "30s"
  disable_hostname          = true
}

# all instances in one answer, which is true for no longer than it takes to read it
dns_config {
  udp_answer_limit = 100
  service_ttl = {
    "*" = "0s"
  }
}

ports {
  serf_wan = -1
}
