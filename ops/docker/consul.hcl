# Consul agents in Docker, servers and clients. Works with Consul 1.8 and later.
bind_addr            = "0.0.0.0"
client_addr          = "0.0.0.0"
data_dir             = "/consul/data"
disable_update_check = true

# one server is enough; --profile cluster adds the others
retry_join     = ["consul-server-1", "consul-server-2", "consul-server-3"]
retry_interval = "2s"

acl {
  enabled        = true
  default_policy = "deny"
  down_policy    = "extend-cache"
}

# servers on one machine can use shorter Raft timeouts
performance {
  raft_multiplier = 1
}

# each blocking query of each service holds a connection
limits {
  http_max_conns_per_client = 2000
}

# enables metrics for Prometheus. The alert ConsulWithoutLeader relies on the short time: in Consul 1.8, a former
# leader's metrics vanish after it
telemetry {
  prometheus_retention_time = "30s"
  disable_hostname          = true
}

# returns all instances in one DNS answer that must not be cached
dns_config {
  udp_answer_limit = 100
  service_ttl = {
    "*" = "0s"
  }
}

ports {
  serf_wan = -1
}
