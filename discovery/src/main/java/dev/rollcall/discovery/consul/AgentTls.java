package dev.rollcall.discovery.consul;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.Certificate;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.http.NoHttpResponseException;
import org.apache.http.conn.ssl.DefaultHostnameVerifier;
import org.apache.http.conn.ssl.NoopHostnameVerifier;
import org.apache.http.conn.ssl.SSLConnectionSocketFactory;
import org.apache.http.ssl.SSLContextBuilder;
import org.apache.http.ssl.SSLContexts;

/** TLS to one agent: trusted authorities, client certificate, and explanations of failures. */
final class AgentTls {
    private static final char[] NO_PASSWORD = {};

    private final AgentTlsConfig config;
    private final SSLContext context;
    private volatile boolean worked;

    /**
     * TLS with the given configuration.
     *
     * @throws IllegalArgumentException if a file is unusable; the message gives file and expectation
     */
    AgentTls(AgentTlsConfig config) {
        this.config = config;
        if (config.certificateFile().isPresent() != config.keyFile().isPresent()) {
            throw new IllegalArgumentException(
                    "agent.tls has one of certificate-file and key-file (expected: both, or none)");
        }
        try {
            SSLContextBuilder builder = SSLContexts.custom();
            if (config.caFile().isPresent()) {
                builder.loadTrustMaterial(authorities(config.caFile().get()), null);
            }
            if (config.certificateFile().isPresent() && config.keyFile().isPresent()) {
                builder.loadKeyMaterial(
                        client(config.certificateFile().get(), config.keyFile().get()), NO_PASSWORD);
            }
            context = builder.build();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("Java can't set up TLS for agent.tls: " + e.getMessage(), e);
        }
    }

    SSLConnectionSocketFactory sockets() {
        return new SSLConnectionSocketFactory(
                context, config.verifyHostname() ? new DefaultHostnameVerifier() : NoopHostnameVerifier.INSTANCE);
    }

    /** Records that the agent answered: closed connections then have other reasons than our certificate. */
    void worked() {
        worked = true;
    }

    /** Why a call failed and, if TLS is the reason, what to change, in one line. */
    String explain(Throwable e) {
        String said = String.valueOf(e.getMessage());
        if (e instanceof SSLPeerUnverifiedException) {
            return "its certificate is for another host: " + said;
        }
        Throwable root = root(e);
        if (root instanceof CertificateExpiredException || root instanceof CertificateNotYetValidException) {
            return "its certificate is out of date: " + root.getMessage();
        }
        if (root instanceof GeneralSecurityException) {
            String authorities = config.caFile()
                    .map(file -> "in agent.tls.ca-file " + file)
                    .orElse("that Java trusts (agent.tls.ca-file names others)");
            return "its certificate is not signed by an authority " + authorities + ": " + root.getMessage();
        }
        if (said.contains("Unsupported or unrecognized SSL message")) {
            return "it does not speak TLS on this port (expected: agent.url with the agent's https port, or http)";
        }
        if (isRejection(e)) {
            return said
                    + config.certificateFile()
                            .map(file -> " (does it accept agent.tls.certificate-file " + file + "?)")
                            .orElse(
                                    " (does it ask for a certificate? expected: agent.tls.certificate-file and key-file)");
        }
        return said;
    }

    /**
     * Whether the agent probably rejected our certificate, or misses one. In TLS 1.3 it does so after this side's
     * handshake and closes the connection, which may swallow the alert.
     */
    private boolean isRejection(Throwable e) {
        boolean alert =
                e instanceof SSLException && String.valueOf(e.getMessage()).contains("fatal alert");
        boolean hungUp = e instanceof NoHttpResponseException
                || (e instanceof SocketException && !(e instanceof ConnectException));
        return alert || (hungUp && !worked);
    }

    private static KeyStore authorities(Path caFile) throws GeneralSecurityException, IOException {
        KeyStore store = emptyStore();
        for (X509Certificate authority : new PemFile("ca-file", caFile).certificates()) {
            store.setCertificateEntry("authority-" + store.size(), authority);
        }
        return store;
    }

    private static KeyStore client(Path certificatePath, Path keyPath) throws GeneralSecurityException, IOException {
        PemFile certificateFile = new PemFile("certificate-file", certificatePath);
        PemFile keyFile = new PemFile("key-file", keyPath);
        List<X509Certificate> chain = certificateFile.certificates();
        PrivateKey key = keyFile.privateKey();
        if (!belong(key, chain.getFirst().getPublicKey())) {
            throw keyFile.unexpected("the private key of " + certificateFile.path(), null);
        }
        KeyStore store = emptyStore();
        store.setKeyEntry("client", key, NO_PASSWORD, chain.toArray(Certificate[]::new));
        return store;
    }

    /** Whether the keys are a pair; otherwise only the handshake would fail. */
    private static boolean belong(PrivateKey key, PublicKey publicKey) throws GeneralSecurityException {
        if (!key.getAlgorithm().equals(publicKey.getAlgorithm())) {
            return false;
        }
        Signature signature = Signature.getInstance("SHA256with" + ("EC".equals(key.getAlgorithm()) ? "ECDSA" : "RSA"));
        signature.initSign(key);
        byte[] signed = signature.sign();
        signature.initVerify(publicKey);
        try {
            return signature.verify(signed);
        } catch (SignatureException e) {
            return false;
        }
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static Throwable root(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
