package dev.rollcall.coupon.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.chassis.RunningService;
import dev.rollcall.coupon.testing.CouponServices;
import dev.rollcall.discovery.http.testing.Api;
import dev.rollcall.discovery.testing.TestAuthority;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The public socket with the certificate and the key of two PEM files, as application.yaml says. */
class TlsTest {
    @TempDir
    private Path folder;

    @Test
    void servesThePublicSocketByTlsAloneAndTheAdminSocketAsBefore() {
        TestAuthority authority = TestAuthority.create(folder);
        TestAuthority.Issued issued = authority.issue("coupon-service", "EC", "-ext", "san=ip:127.0.0.1");
        try (var services = new CouponServices(folder)) {
            RunningService service = services.start(Map.of(
                    "server.tls.private-key.pem.key.resource.path", issued.key().toString(),
                    "server.tls.private-key.pem.cert-chain.resource.path",
                            issued.certificate().toString()));

            Api.Answer answer = Api.on(service.port(), authority).get("/coupons");

            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.header("Strict-Transport-Security")).contains("max-age=31536000");
            assertThatThrownBy(() -> Api.on(service.port()).get("/coupons")).isInstanceOf(UncheckedIOException.class);
            assertThat(Api.on(service.adminPort()).get("/observe/health/live").status())
                    .isEqualTo(200);
        }
    }
}
