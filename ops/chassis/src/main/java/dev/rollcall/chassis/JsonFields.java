package dev.rollcall.chassis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.discovery.http.Problem;
import io.helidon.webserver.http.ServerRequest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Reads the fields of a JSON object in a request body strictly. One 422 {@link Problem} names every field that is missing, of
 * the wrong kind, out of range or unknown.
 *
 * <p>A reader asks for each field and returns a supplier of the value, which runs only if all fields are valid: the
 * placeholder that a method returns for an invalid field (zero, an empty text) never gets into a value.
 *
 * <pre>{@code
 * {"type": "urn:rollcall:problem:invalid-fields", "title": "Unprocessable Content", "status": 422,
 *  "detail": "2 values are invalid", "errors": [
 *    {"pointer": "#/lines/0/quantity", "detail": "must be an integer from 1 to 1000000"},
 *    {"pointer": "#/colour", "detail": "is not a field of this object"}]}
 * }</pre>
 */
public final class JsonFields {
    private static final int MAX_ERRORS = 500;
    private static final Pattern RFC_3339 =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\d[Tt]\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?([Zz]|[+-]\\d\\d:\\d\\d)");
    private static final Pattern PRINTABLE = Pattern.compile("[^\\p{Cc}\\p{Cs}]+");

    private final ObjectNode object;
    private final String pointer;
    private final List<Map<String, String>> errors;
    private final Set<String> known = new HashSet<>();

    private JsonFields(ObjectNode object, String pointer, List<Map<String, String>> errors) {
        this.object = object;
        this.pointer = pointer;
        this.errors = errors;
    }

    /**
     * Reads a request's body.
     *
     * @param request the request
     * @param reader asks for every field and returns a supplier of the value
     * @param <T> the value
     * @return the value
     * @throws Problem 415 for another content type, 413 over {@link JsonBody#MAX_BYTES}, 400 if the body is no JSON object, 422
     *     if a field is invalid
     */
    public static <T> T read(ServerRequest request, Function<JsonFields, Supplier<T>> reader) {
        var fields = new JsonFields(JsonBody.read(request), "#", new ArrayList<>());
        Supplier<T> value = reader.apply(fields);
        fields.refuseUnknown();
        if (!fields.errors.isEmpty()) {
            throw Problem.invalid(fields.errors);
        }
        return value.get();
    }

    /** Whether a field is present; null counts as absent. */
    public boolean has(String name) {
        known.add(name);
        return object.hasNonNull(name);
    }

    /**
     * A required text of visible characters and spaces.
     *
     * @param name the field's name
     * @param maxLength most characters
     * @return the text
     */
    public String text(String name, int maxLength) {
        JsonNode value = required(name);
        if (value.isTextual()
                && value.textValue().length() <= maxLength
                && PRINTABLE.matcher(value.textValue()).matches()) {
            return value.textValue();
        }
        return refuse(
                name,
                value,
                "must be a text of 1 to " + maxLength + " characters, none of them a control character",
                "");
    }

    /**
     * A required text of a form.
     *
     * @param name the field's name
     * @param form pattern of the whole text
     * @param expectation the form in words, such as {@code must be 3 to 32 letters}
     * @return the text
     */
    public String text(String name, Pattern form, String expectation) {
        JsonNode value = required(name);
        if (value.isTextual() && form.matcher(value.textValue()).matches()) {
            return value.textValue();
        }
        return refuse(name, value, expectation, "");
    }

    /** A required text that is one of those allowed. */
    public String oneOf(String name, Collection<String> allowed) {
        JsonNode value = required(name);
        if (value.isTextual() && allowed.contains(value.textValue())) {
            return value.textValue();
        }
        return refuse(name, value, "must be one of " + String.join(", ", allowed), "");
    }

    /** A required boolean. */
    public boolean flag(String name) {
        JsonNode value = required(name);
        return value.isBoolean() ? value.booleanValue() : refuse(name, value, "must be true or false", false);
    }

    /**
     * A required integer; {@code 1.0} and {@code "1"} are none.
     *
     * @param name the field's name
     * @param min smallest value
     * @param max largest value
     * @return the integer
     */
    public long integer(String name, long min, long max) {
        JsonNode value = required(name);
        if (value.isIntegralNumber()
                && value.canConvertToLong()
                && value.longValue() >= min
                && value.longValue() <= max) {
            return value.longValue();
        }
        return refuse(name, value, "must be an integer from " + min + " to " + max, 0L);
    }

    /** A required RFC 3339 time from 1970 on, truncated to the microseconds that databases keep. */
    public Instant time(String name) {
        JsonNode value = required(name);
        if (value.isTextual() && RFC_3339.matcher(value.textValue()).matches()) {
            try {
                Instant time = OffsetDateTime.parse(value.textValue()).toInstant();
                if (!time.isBefore(Instant.EPOCH)) {
                    return time.truncatedTo(ChronoUnit.MICROS);
                }
            } catch (DateTimeException e) {
                // such as February 30: refused below
            }
        }
        return refuse(name, value, "must be an RFC 3339 time such as 2026-01-31T08:00:00Z", Instant.EPOCH);
    }

    /**
     * A required list of objects.
     *
     * @param name the field's name
     * @param maxSize most elements; the least is 1
     * @param reader reads an element, like the reader of {@link #read}
     * @param <T> an element
     * @return the elements; none if one is invalid
     */
    public <T> List<T> list(String name, int maxSize, Function<JsonFields, Supplier<T>> reader) {
        JsonNode value = required(name);
        if (!value.isArray() || value.isEmpty() || value.size() > maxSize) {
            return refuse(name, value, "must be a list of 1 to " + maxSize + " objects", List.of());
        }
        List<Supplier<T>> elements = IntStream.range(0, value.size())
                .mapToObj(i -> element(pointer + "/" + name + "/" + i, value.get(i), reader))
                .toList();
        return errors.isEmpty() ? elements.stream().map(Supplier::get).toList() : List.of();
    }

    /**
     * Marks a field as invalid for another reason than its kind and range.
     *
     * @param name the field's name
     * @param expectation such as {@code must be after validFrom}
     */
    public void invalid(String name, String expectation) {
        known.add(name);
        note(pointer + "/" + name.replace("~", "~0").replace("/", "~1"), expectation);
    }

    private void note(String path, String expectation) {
        if (errors.size() < MAX_ERRORS) {
            errors.add(Problem.error("pointer", path, expectation));
        }
    }

    private <T> Supplier<T> element(String path, JsonNode element, Function<JsonFields, Supplier<T>> reader) {
        if (!(element instanceof ObjectNode fields)) {
            note(path, "must be an object");
            return () -> {
                throw new IllegalStateException(path + " is invalid and can't be built");
            };
        }
        var nested = new JsonFields(fields, path, errors);
        Supplier<T> value = reader.apply(nested);
        nested.refuseUnknown();
        return value;
    }

    private JsonNode required(String name) {
        known.add(name);
        return object.path(name);
    }

    private <T> T refuse(String name, JsonNode value, String expectation, T placeholder) {
        invalid(name, value.isMissingNode() || value.isNull() ? "is missing: " + expectation : expectation);
        return placeholder;
    }

    private void refuseUnknown() {
        object.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                invalid(name, "is not a field of this object");
            }
        });
    }
}
