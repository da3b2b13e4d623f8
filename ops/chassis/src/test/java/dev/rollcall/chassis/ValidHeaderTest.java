package dev.rollcall.chassis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.helidon.common.buffers.BufferData;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ValidHeaderTest {
    @Test
    void refusesAConstantThatWouldSplitTheResponse() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ValidHeader.constant(HeaderNames.LOCATION, "/orders\r\nSet-Cookie: a=b"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ValidHeader.constant(HeaderNames.create("X-A: b\r\nX-C"), "d"));
    }

    @Test
    void isWrittenLikeAnyOther() {
        BufferData buffer = BufferData.growing(16);

        ValidHeader.constant(HeaderNames.CACHE_CONTROL, "no-store").writeHttp1Header(buffer);
        new ValidHeader(HeaderValues.create("X-Request-Id", "a")).writeHttp1Header(buffer);

        assertThat(new String(buffer.readBytes(), StandardCharsets.US_ASCII))
                .isEqualTo("Cache-Control: no-store\r\nX-Request-Id: a\r\n");
    }
}
