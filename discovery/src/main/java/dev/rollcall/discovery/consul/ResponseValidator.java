package dev.rollcall.discovery.consul;

import com.ecwid.consul.transport.HttpResponse;
import java.net.URI;
import java.util.function.Supplier;

/**
 * Turns the status of an agent's response into an exception, which names the missing permission.
 *
 * @param url the agent
 * @param token the token sent to it, which no message may contain
 */
record ResponseValidator(URI url, Supplier<String> token) {
    private static final int LONGEST_QUOTE = 300;

    /**
     * Returns a successful response.
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
            return "no token was sent, and without one " + needs + " is not allowed (" + said + ")";
        }
        boolean unknown = said.contains("ACL not found");
        return (unknown ? "Consul does not know the token" : "the token lacks " + needs) + " (" + said + ")";
    }

    /** The content's first line without the token: a proxy may answer with a page or echo the request. */
    private static String oneLine(String content, String secret) {
        String line = content.strip().lines().findFirst().orElse("");
        String said = secret.isEmpty() ? line : line.replace(secret, "<token>");
        return said.length() > LONGEST_QUOTE ? said.substring(0, LONGEST_QUOTE) + "…" : said;
    }
}
