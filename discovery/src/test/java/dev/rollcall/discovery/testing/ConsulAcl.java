package dev.rollcall.discovery.testing;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.UUID;

/** Tokens of an agent that denies by default. */
public final class ConsulAcl {
    /** Configuration of an agent that denies by default. */
    public static final String DENY = """
            acl { enabled = true default_policy = "deny" }""";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ConsulHttp http;

    private ConsulAcl(ConsulHttp http) {
        this.http = http;
    }

    /** Bootstraps the agent's ACLs with a management token. */
    public static ConsulAcl bootstrap(ConsulAgent agent) {
        // a new leader needs a moment to set up its ACLs
        String answer = await().atMost(Duration.ofSeconds(10))
                .ignoreExceptions()
                .until(() -> agent.http().put("/v1/acl/bootstrap", ""), it -> true);
        return new ConsulAcl(agent.http().withToken(field(answer, "SecretID")));
    }

    /** Consul's API with the management token. */
    public ConsulHttp http() {
        return http;
    }

    /**
     * A new token.
     *
     * @param rules its ACL rules
     */
    public Token token(String rules) {
        String policy = field(
                http.put(
                        "/v1/acl/policy",
                        JSON.createObjectNode()
                                .put("Name", UUID.randomUUID().toString())
                                .put("Rules", rules)
                                .toString()),
                "ID");
        String token = http.put("/v1/acl/token", """
                {"Policies": [{"ID": "%s"}]}""".formatted(policy));
        return new Token(field(token, "AccessorID"), field(token, "SecretID"));
    }

    /** Deletes a token. */
    public void revoke(Token token) {
        http.delete("/v1/acl/token/" + token.accessor());
    }

    private static String field(String json, String name) {
        try {
            return JSON.readTree(json).get(name).asText();
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(json, e);
        }
    }

    /**
     * A token.
     *
     * @param accessor its accessor id, which is not secret
     * @param secret its secret, which is sent
     */
    public record Token(String accessor, String secret) {}
}
