package dev.rollcall.discovery.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate authority for tests, made with the JDK's {@code keytool}. */
public final class TestAuthority {
    private static final String PASSWORD = "changeit";
    private static final String CA = "ca";

    private final Path folder;

    private TestAuthority(Path folder) {
        this.folder = folder;
    }

    /** A new authority; writes its files to an empty folder. */
    public static TestAuthority create(Path folder) {
        TestAuthority authority = new TestAuthority(folder);
        authority.generate(CA, "EC", "-ext", "bc:c");
        authority.write("ca.pem", "CERTIFICATE", authority.encodedCertificate(CA));
        return authority;
    }

    /** Its own certificate, in PEM. */
    public Path certificate() {
        return folder.resolve("ca.pem");
    }

    /**
     * Signs a certificate.
     *
     * @param name name of its subject and its files
     * @param algorithm algorithm of its key: RSA or EC
     * @param options more options of {@code keytool -genkeypair}, for example {@code -ext}, {@code san=dns:localhost}
     */
    public Issued issue(String name, String algorithm, String... options) {
        List<String> all = new ArrayList<>(List.of("-signer", CA));
        all.addAll(List.of(options));
        generate(name, algorithm, all.toArray(String[]::new));
        return new Issued(
                write(name + ".pem", "CERTIFICATE", encodedCertificate(name)),
                write(name + "-key.pem", "PRIVATE KEY", privateKey(name).getEncoded()));
    }

    /** TLS of a client that trusts only this authority. */
    public SSLContext trusting() {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry(CA, load().getCertificate(CA));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void generate(String name, String algorithm, String... options) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keystore",
                store().toString(),
                "-storepass",
                PASSWORD,
                "-alias",
                name,
                "-keyalg",
                algorithm,
                "-dname",
                "CN=" + name));
        command.addAll(List.of(options));
        try {
            Process keytool =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (keytool.waitFor() != 0) {
                throw new IllegalStateException(command + ": " + said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private byte[] encodedCertificate(String name) {
        try {
            return load().getCertificate(name).getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private PrivateKey privateKey(String name) {
        try {
            return (PrivateKey) load().getKey(name, PASSWORD.toCharArray());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private KeyStore load() throws GeneralSecurityException {
        try (InputStream in = Files.newInputStream(store())) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD.toCharArray());
            return store;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path store() {
        return folder.resolve("authority.p12");
    }

    private Path write(String file, String type, byte[] content) {
        try {
            return Files.writeString(folder.resolve(file), pem(type, content));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Encodes bytes as PEM. */
    public static String pem(String type, byte[] content) {
        return "-----BEGIN " + type + "-----\n" + Base64.getMimeEncoder().encodeToString(content) + "\n-----END " + type
                + "-----\n";
    }

    /**
     * A signed certificate, in PEM.
     *
     * @param certificate file with the certificate
     * @param key file with its private key, in PKCS#8
     */
    public record Issued(Path certificate, Path key) {}
}
