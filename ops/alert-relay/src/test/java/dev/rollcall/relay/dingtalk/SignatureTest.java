package dev.rollcall.relay.dingtalk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SignatureTest {
    @Test
    void isWhatOtherProgramsMakeOfTheSameSecret() {
        // by Python: base64(hmac(secret, timestamp + "\n" + secret, sha256)), and quote_plus of it
        Signature signature = Signature.of(1_769_846_400_123L, "SECtest+/secret");

        assertThat(signature.sign()).isEqualTo("7LgFpLAD9cUyKuOJCV/hJBxlZoJzfa525B3ZlEqCpLc=");
        assertThat(signature.query())
                .isEqualTo("timestamp=1769846400123&sign=7LgFpLAD9cUyKuOJCV%2FhJBxlZoJzfa525B3ZlEqCpLc%3D");
    }
}
