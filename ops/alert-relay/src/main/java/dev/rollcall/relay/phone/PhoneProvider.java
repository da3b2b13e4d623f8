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

/** Asks a provider to call a person and read a text out. */
public final class PhoneProvider {
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpSender http;
    private final String url;
    private final Supplier<String> token;
    private final Duration misconfigured;

    /**
     * A provider.
     *
     * @param http sends requests
     * @param url where calls are posted
     * @param token bearer token, none if empty
     * @param misconfigured how long to send nothing after it answered 4xx
     */
    public PhoneProvider(HttpSender http, String url, Supplier<String> token, Duration misconfigured) {
        this.http = http;
        this.url = url;
        this.token = token;
        this.misconfigured = misconfigured;
    }

    /** Posts a call. {@code Delivered} means that the provider calls, not that a person acknowledged. */
    Attempt call(String id, String callee, String text) {
        return switch (http.post(URI.create(url), token.get(), body(id, callee, text))) {
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
            throw new IllegalStateException("texts can be written", e);
        }
    }
}
