package dev.rollcall.discovery.consul;

import com.ecwid.consul.transport.HttpResponse;
import java.net.URI;
import java.util.function.Supplier;

/**
 * What the status of an agent's answer means. A refusal names the permission that is missing, whether Consul does or not.
 *
 * @param url the agent
 * @param token what is sent to it, and must not show
 */
record Verdict(URI url, Supplier<String> token) {
    private static final int LONGEST_QUOTE = 300;

    /**
     * The response, if it is none of a refusal.
     *
     * @param request method and path
     * @param needs permission that the request needs
     * @throws ConsulUnavailableException for 5xx
     * @throws ConsulRefusedException for 3xx and 4xx
     */
    HttpResponse accepted(String request, String needs, HttpResponse response) {
        int status = response.getStatusCode();
        if (status < 300) {
            return response;
        }
        String secret = token.get();
        String said = oneLine(response.getContent(), secret);
        String answers = "Consul at " + url + " answers " + status + " to " + request + ": ";
        if (status == 403) {
            throw new ConsulRefusedException(status, answers + denial(said, needs, secret.isEmpty()));
        }
        if (status < 500) {
            throw new ConsulRefusedException(status, answers + said);
        }
        throw new ConsulUnavailableException(answers + said);
    }

    private static String denial(String said, String needs, boolean anonymous) {
        if (anonymous) {
            return "no token is sent, and without one " + needs + " is not allowed (" + said + ")";
        }
        boolean unknown = said.contains("ACL not found");
        return (unknown ? "the token is unknown to it" : "the token lacks " + needs) + " (" + said + ")";
    }

    /** What an answer says, fit for a log: a proxy's may be a page, or repeat the request with its token. */
    private static String oneLine(String content, String secret) {
        String line = content.strip().lines().findFirst().orElse("");
        String said = secret.isEmpty() ? line : line.replace(secret, "<token>");
        return said.length() > LONGEST_QUOTE ? said.substring(0, LONGEST_QUOTE) + "…" : said;
    }
}
