package dev.rollcall.relay.dingtalk;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The HMAC-SHA256 signature that DingTalk checks.
 *
 * @param timestamp milliseconds since 1970
 * @param sign base64 of HMAC-SHA256(secret, timestamp + line feed + secret)
 */
public record Signature(long timestamp, String sign) {
    /**
     * Signs a timestamp.
     *
     * @param timestamp milliseconds since 1970
     * @param secret the robot's secret
     * @return the signature
     */
    public static Signature of(long timestamp, String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] code = mac.doFinal((timestamp + "\n" + secret).getBytes(StandardCharsets.UTF_8));
            return new Signature(timestamp, Base64.getEncoder().encodeToString(code));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    /**
     * The signature as query parameters.
     *
     * @return {@code timestamp=…&sign=…}
     */
    public String query() {
        return "timestamp=" + timestamp + "&sign=" + URLEncoder.encode(sign, StandardCharsets.UTF_8);
    }
}
