package dev.rollcall.discovery;

import com.ecwid.consul.v1.agent.model.NewService;
import com.google.gson.annotations.SerializedName;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A check as Consul is told it. Its name says all of it, so that a definition which somebody changed shows.
 *
 * @see <a href="https://developer.hashicorp.com/consul/api-docs/agent/check#register-check">Agent API: checks</a>
 */
@SuppressWarnings("UnusedVariable") // Gson reads the fields
final class CheckDefinition extends NewService.Check {
    // what consul-api's class lacks; Consul refuses fields that it doesn't know, so only what is set is sent

    @SerializedName("Name")
    private final String name;

    @SerializedName("SuccessBeforePassing")
    private final @Nullable Integer successBeforePassing;

    @SerializedName("FailuresBeforeCritical")
    private final @Nullable Integer failuresBeforeCritical;

    private CheckDefinition(String name, CheckConfig config) {
        this.name = name;
        // Consul counts only what it checks itself, and knows these fields since 1.7
        boolean counts = config.type() != CheckType.TTL;
        this.successBeforePassing =
                counts && config.successesBeforePassing() > 1 ? config.successesBeforePassing() : null;
        this.failuresBeforeCritical =
                counts && config.failuresBeforeCritical() > 1 ? config.failuresBeforeCritical() : null;
    }

    static CheckDefinition create(CheckConfig config, String address, Sockets sockets) {
        String publicTarget = bracketed(address) + ":" + sockets.port();
        String interval = seconds(config.interval());
        CheckDefinition check = switch (config.type()) {
            case HTTP -> {
                String url =
                        sockets.adminScheme() + "://" + bracketed(address) + ":" + sockets.adminPort() + config.path();
                CheckDefinition http = new CheckDefinition("HTTP GET " + url + " every " + interval, config);
                http.setHttp(url);
                yield http;
            }
            case TCP -> {
                CheckDefinition tcp = new CheckDefinition("TCP " + publicTarget + " every " + interval, config);
                tcp.setTcp(publicTarget);
                yield tcp;
            }
            case GRPC -> {
                CheckDefinition grpc = new CheckDefinition("gRPC " + publicTarget + " every " + interval, config);
                grpc.setGrpc(publicTarget);
                if (sockets.secure()) {
                    grpc.setGrpcUseTLS(true);
                }
                yield grpc;
            }
            case TTL -> new CheckDefinition("Own report within " + interval, config);
        };
        if (config.type() == CheckType.TTL) {
            check.setTtl(interval);
        } else {
            check.setInterval(interval);
            check.setTimeout(seconds(config.timeout()));
        }
        check.setDeregisterCriticalServiceAfter(seconds(config.deregisterCriticalAfter()));
        check.setStatus(config.initialStatus().text());
        return check;
    }

    String name() {
        return name;
    }

    private static String bracketed(String address) {
        return address.contains(":") ? "[" + address + "]" : address;
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + "s" : duration.toMillis() + "ms";
    }
}
