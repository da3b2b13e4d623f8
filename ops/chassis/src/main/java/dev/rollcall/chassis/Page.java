package dev.rollcall.chassis;

import dev.rollcall.discovery.http.Problem;
import io.helidon.webserver.http.ServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A page of a list: {@code ?limit=…&after=…}, where {@code after} is the {@code next} of the page before. Its value is opaque
 * to clients.
 *
 * @param limit most items, 1 to 100
 * @param after position of the last item of the page before, in the store's terms; empty for the first page
 */
public record Page(int limit, String after) {
    private static final int DEFAULT_LIMIT = 20;
    private static final int MAX_LIMIT = 100;

    /**
     * A request's page.
     *
     * @param request the request
     * @return the page
     * @throws Problem 422 if {@code limit} or {@code after} is invalid
     */
    public static Page of(ServerRequest request) {
        int limit = request.query().first("limit").map(Page::limit).orElse(DEFAULT_LIMIT);
        String after = request.query().first("after").map(Page::position).orElse("");
        return new Page(limit, after);
    }

    /** 422 for a position that the store never returned. */
    public static Problem unknownPosition() {
        return Problem.invalidParameter("after", "must be the next of an earlier page");
    }

    /**
     * The answer {@code {"items": […], "next": "…"}}, with {@code next} only if more items follow.
     *
     * @param found up to one item more than {@link #limit()}
     * @param position an item's position in the store's terms
     * @param render an item's JSON
     * @param <T> an item
     * @return the answer's members
     */
    public <T> Map<String, Object> answer(List<T> found, Function<T, String> position, Function<T, ?> render) {
        var answer = new LinkedHashMap<String, Object>();
        List<T> items = found.size() > limit ? found.subList(0, limit) : found;
        answer.put("items", items.stream().map(render).toList());
        if (found.size() > limit) {
            byte[] last = position.apply(items.getLast()).getBytes(StandardCharsets.UTF_8);
            answer.put("next", Base64.getUrlEncoder().withoutPadding().encodeToString(last));
        }
        return answer;
    }

    private static int limit(String value) {
        try {
            int limit = Integer.parseInt(value);
            if (limit >= 1 && limit <= MAX_LIMIT) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // refused below
        }
        throw Problem.invalidParameter("limit", "must be an integer from 1 to " + MAX_LIMIT);
    }

    private static String position(String value) {
        try {
            return new String(Base64.getUrlDecoder().decode(value), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw unknownPosition();
        }
    }
}
