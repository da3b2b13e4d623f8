package dev.rollcall.discovery.consul;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.discovery.testing.TestAuthority;
import dev.rollcall.discovery.testing.TestAuthority.Issued;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PemFileTest {
    @TempDir
    Path folder;

    @Test
    void readsKeysInPkcs8() throws Exception {
        for (String algorithm : new String[] {"RSA", "EC"}) {
            PrivateKey key =
                    KeyPairGenerator.getInstance(algorithm).generateKeyPair().getPrivate();

            assertThat(read(TestAuthority.pem("PRIVATE KEY", key.getEncoded()))).isEqualTo(key);
        }
    }

    @Test
    void readsAnRsaKeyInPkcs1() throws Exception {
        for (int bits : new int[] {1024, 2048}) {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            PrivateKey key = generator.generateKeyPair().getPrivate();
            // PKCS#8 is 26 bytes of wrapping and PKCS#1, if the key's length takes two bytes
            byte[] pkcs1 = Arrays.copyOfRange(key.getEncoded(), 26, key.getEncoded().length);

            assertThat(read(TestAuthority.pem("RSA PRIVATE KEY", pkcs1))).isEqualTo(key);
        }
    }

    @Test
    void readsAnEcKeyAsConsulWritesIt() throws Exception {
        ECPrivateKey key = ecKey();

        assertThat(read(TestAuthority.pem("EC PARAMETERS", HexFormat.of().parseHex("06082A8648CE3D030107"))
                        + TestAuthority.pem("EC PRIVATE KEY", sec1(key))))
                .isInstanceOfSatisfying(ECPrivateKey.class, it -> {
                    assertThat(it.getS()).isEqualTo(key.getS());
                    assertThat(it.getParams().getCurve())
                            .isEqualTo(key.getParams().getCurve());
                });
    }

    @Test
    void refusesWhatIsNoKey() throws Exception {
        byte[] sec1 = sec1(ecKey());
        String[] contents = {
            "",
            "no key",
            TestAuthority.pem("ENCRYPTED PRIVATE KEY", ecKey().getEncoded()),
            TestAuthority.pem("DSA PRIVATE KEY", sec1),
            TestAuthority.pem("EC PRIVATE KEY", new byte[0]),
            TestAuthority.pem("EC PRIVATE KEY", Arrays.copyOf(sec1, sec1.length - 1)),
            // without the curve's name
            TestAuthority.pem("EC PRIVATE KEY", Arrays.copyOf(sec1, sec1.length - 12)),
            TestAuthority.pem("EC PRIVATE KEY", HexFormat.of().parseHex("3084FFFFFFFF0201")),
            TestAuthority.pem("RSA PRIVATE KEY", sec1),
            TestAuthority.pem("PRIVATE KEY", sec1),
            "-----BEGIN PRIVATE KEY-----\nA\n-----END PRIVATE KEY-----"
        };
        for (String content : contents) {
            assertThatThrownBy(() -> read(content), "reading %s", content)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("agent.tls.key-file: " + folder.resolve("key.pem")
                            + " (expected: an RSA or EC private key in PEM that isn't encrypted)");
        }
    }

    @Test
    void readsAChainOfCertificates() throws IOException {
        TestAuthority authority = TestAuthority.create(folder);
        Issued issued = authority.issue("client", "EC");
        Path chain = folder.resolve("chain.pem");
        Files.writeString(
                chain, Files.readString(issued.certificate()) + "\n" + Files.readString(authority.certificate()));

        assertThat(new PemFile("certificate-file", chain).certificates())
                .extracting(it -> it.getSubjectX500Principal().getName())
                .containsExactly("CN=client", "CN=ca");
    }

    @Test
    void refusesWhatIsNoCertificate() throws IOException {
        for (String content :
                new String[] {"", "no certificate", TestAuthority.pem("CERTIFICATE", new byte[] {1, 2})}) {
            Path file = Files.writeString(folder.resolve("ca.pem"), content);

            assertThatThrownBy(() -> new PemFile("ca-file", file).certificates())
                    .hasMessage("agent.tls.ca-file: " + file + " (expected: certificates in PEM)");
        }
        assertThatThrownBy(() -> new PemFile("ca-file", folder).certificates())
                .hasMessage("agent.tls.ca-file: " + folder + " (expected: a readable file)");
    }

    @Test
    void refusesAKeyThatDoesNotBelongToTheCertificate() {
        TestAuthority authority = TestAuthority.create(folder);
        Issued one = authority.issue("one", "EC");
        for (Issued other : new Issued[] {authority.issue("two", "EC"), authority.issue("three", "RSA")}) {
            assertThatThrownBy(() -> new AgentTls(AgentTlsConfig.builder()
                            .certificateFile(one.certificate())
                            .keyFile(other.key())
                            .build()))
                    .hasMessage("agent.tls.key-file: " + other.key() + " (expected: the private key of "
                            + one.certificate() + ")");
        }
    }

    @Test
    void wantsCertificateAndKeyTogether() {
        Path file = folder.resolve("client.pem");

        assertThatThrownBy(() -> new AgentTls(
                        AgentTlsConfig.builder().certificateFile(file).build()))
                .hasMessage("agent.tls has one of certificate-file and key-file (expected: both, or none)");
    }

    private PrivateKey read(String content) throws IOException {
        return new PemFile("key-file", Files.writeString(folder.resolve("key.pem"), content)).privateKey();
    }

    private static ECPrivateKey ecKey() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return (ECPrivateKey) generator.generateKeyPair().getPrivate();
    }

    /** A P-256 key as in RFC 5915: version, number, curve. */
    private static byte[] sec1(ECPrivateKey key) {
        BigInteger number = key.getS();
        return HexFormat.of().parseHex("3031020101" + "0420" + "%064x".formatted(number) + "A00A06082A8648CE3D030107");
    }
}
