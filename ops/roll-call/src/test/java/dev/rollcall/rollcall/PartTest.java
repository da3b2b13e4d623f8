package dev.rollcall.rollcall;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class PartTest {
    @Test
    void isTheSameAfterItWasWrittenAsJson() throws Exception {
        ObjectMapper json = new ObjectMapper();
        Part part = new Part("order-service-1", "order-service", "127.0.0.1:8081", 42, true);
        String text = json.writeValueAsString(part);

        assertThat(json.readTree(text).properties())
                .extracting(java.util.Map.Entry::getKey)
                .containsExactlyInAnyOrder("name", "service", "address", "pid", "alive");
        assertThat(json.readValue(text, Part.class)).isEqualTo(part);
    }
}
