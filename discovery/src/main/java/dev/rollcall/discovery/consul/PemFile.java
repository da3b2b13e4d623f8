package dev.rollcall.discovery.consul;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A configured PEM file. Its errors give key, file and expectation, and never the content.
 *
 * @param option configuration key that names the file
 * @param path the file
 */
record PemFile(String option, Path path) {
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN (?<form>[A-Z ]*)PRIVATE KEY-----(?<base64>[^-]+)-----END");

    /** Its certificates, at least one. */
    List<X509Certificate> certificates() {
        List<X509Certificate> certificates;
        try {
            certificates = CertificateFactory.getInstance("X.509").generateCertificates(bytes()).stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (CertificateException e) {
            throw unexpected("certificates in PEM", e);
        }
        if (certificates.isEmpty()) {
            throw unexpected("certificates in PEM", null);
        }
        return certificates;
    }

    /** Its first private key. */
    PrivateKey privateKey() {
        String expected = "an RSA or EC private key in PEM that isn't encrypted";
        Matcher key = KEY.matcher(new String(bytes().readAllBytes(), StandardCharsets.ISO_8859_1));
        if (!key.find()) {
            throw unexpected(expected, null);
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(key.group("base64"));
            return pkcs8(
                    switch (key.group("form")) {
                        case "RSA " -> Pkcs8.ofRsa(der);
                        case "EC " -> Pkcs8.ofEc(der);
                        case "" -> der;
                        default -> throw new InvalidKeyException(key.group("form") + "PRIVATE KEY");
                    });
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw unexpected(expected, e);
        }
    }

    IllegalArgumentException unexpected(String expected, @Nullable Exception cause) {
        return new IllegalArgumentException(
                "agent.tls." + option + ": " + path + " (expected: " + expected + ")", cause);
    }

    private ByteArrayInputStream bytes() {
        try {
            return new ByteArrayInputStream(Files.readAllBytes(path));
        } catch (IOException e) {
            throw unexpected("a readable file", e);
        }
    }

    private static PrivateKey pkcs8(byte[] der) throws GeneralSecurityException {
        PKCS8EncodedKeySpec key = new PKCS8EncodedKeySpec(der);
        try {
            return KeyFactory.getInstance("EC").generatePrivate(key);
        } catch (GeneralSecurityException e) {
            return KeyFactory.getInstance("RSA").generatePrivate(key);
        }
    }
}
