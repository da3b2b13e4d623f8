package dev.rollcall.coupon.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.coupon.CouponService;
import dev.rollcall.coupon.testing.CouponServices;
import dev.rollcall.discovery.http.testing.Api;
import dev.rollcall.discovery.testing.TestAuthority;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The public socket with the certificate and the key of two PEM files, as application.yaml says. */
class TlsTest {
    @TempDir
    private Path folder;

    @Test
    void servesThePublicSocketByTlsAloneAndTheAdminSocketAsBefore() throws Exception {
        TestAuthority authority = TestAuthority.create(folder);
        TestAuthority.Issued issued = authority.issue("coupon-service", "EC", "-ext", "san=ip:127.0.0.1");
        try (var services = new CouponServices(folder)) {
            CouponService service = services.start(Map.of(
                    "server.tls.private-key.pem.key.resource.path", issued.key().toString(),
                    "server.tls.private-key.pem.cert-chain.resource.path",
                            issued.certificate().toString()));

            var request = HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + service.port() + "/coupons"))
                    .build();
            var answer = trusting(authority).send(request, BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.headers().firstValue("Strict-Transport-Security")).contains("max-age=31536000");
            assertThatThrownBy(() -> Api.on(service.port()).get("/coupons")).isInstanceOf(UncheckedIOException.class);
            assertThat(Api.on(service.adminPort()).get("/observe/health/live").status())
                    .isEqualTo(200);
        }
    }

    private static HttpClient trusting(TestAuthority authority) throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (var pem = Files.newInputStream(authority.certificate())) {
            store.setCertificateEntry(
                    "authority", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(context)
                .build();
    }
}
