package dev.rollcall.relay.phone;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rollcall.relay.delivery.Attempt;
import dev.rollcall.relay.delivery.HttpSender;
import dev.rollcall.relay.domain.Result;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.function.Supplier;

/** Asks a provider to call somebody and read a text out. */
public final class PhoneProvider {
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpSender http;
    private final Supplier<String> url;
    private final Supplier<String> token;
    private final Duration misconfigured;

    /**
     * A provider.
     *
     * @param http sends
     * @param url what takes calls
     * @param token bearer token that it asks for
     * @param misconfigured how long to leave it alone after it answered 4xx
     */
    public PhoneProvider(HttpSender http, Supplier<String> url, Supplier<String> token, Duration misconfigured) {
        this.http = http;
        this.url = url;
        this.token = token;
        this.misconfigured = misconfigured;
    }

    /** Delivered means here that the provider calls, not yet that somebody heard it. */
    Attempt call(String id, String callee, String text) {
        return switch (http.post(URI.create(url.get()), token.get(), body(id, callee, text))) {
            case HttpSender.Answered(int status, String body)
            when status >= 200 && status < 300 -> new Attempt.Delivered();
            case HttpSender.Answered(int status, String body)
            when status >= 500 || status == 429 -> new Attempt.Failed("the phone provider answers " + status);
            case HttpSender.Answered(int status, String body) ->
                new Attempt.Later(
                        Result.FAILED,
                        "the phone provider answers " + status + " (expected: 2xx; are URL and token right?)",
                        misconfigured);
            case HttpSender.Lost(String reason) -> new Attempt.Failed("the phone provider does not answer: " + reason);
        };
    }

    private static byte[] body(String id, String callee, String text) {
        var call = new LinkedHashMap<String, String>();
        call.put("id", id);
        call.put("callee", callee);
        call.put("text", text);
        try {
            return JSON.writeValueAsBytes(call);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts can always be written", e);
        }
    }
}
