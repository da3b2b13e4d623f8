package dev.rollcall.discovery;

import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import javax.net.ssl.SSLException;

/** Explains in one line why an instance can't be called over TLS. */
final class TlsFailure {
    private TlsFailure() {}

    static UncheckedIOException with(Instance instance, SSLException e) {
        return new UncheckedIOException(
                instance.id() + " at " + instance.authority() + " can't be called over TLS: " + explain(e), e);
    }

    private static String explain(SSLException e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        if (root instanceof CertPathBuilderException || root instanceof CertPathValidatorException) {
            return "its certificate is not signed by a trusted authority: " + root.getMessage();
        }
        if (root instanceof GeneralSecurityException) {
            return "its certificate is invalid: " + root.getMessage();
        }
        String said = String.valueOf(e.getMessage());
        return said.contains("Unsupported or unrecognized SSL message") ? "it does not speak TLS on this port" : said;
    }
}
