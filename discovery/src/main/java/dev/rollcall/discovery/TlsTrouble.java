package dev.rollcall.discovery;

import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import javax.net.ssl.SSLException;

/** Why an instance can't be called by TLS, in one line that names it. */
final class TlsTrouble {
    private TlsTrouble() {}

    static UncheckedIOException with(Instance instance, SSLException e) {
        return new UncheckedIOException(
                instance.id() + " at " + instance.authority() + " can't be called by TLS: " + explain(e), e);
    }

    private static String explain(SSLException e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        if (root instanceof CertPathBuilderException || root instanceof CertPathValidatorException) {
            return "its certificate is not signed by an authority that is trusted here: " + root.getMessage();
        }
        if (root instanceof GeneralSecurityException) {
            return "its certificate is refused: " + root.getMessage();
        }
        String said = String.valueOf(e.getMessage());
        return said.contains("Unsupported or unrecognized SSL message") ? "it does not speak TLS there" : said;
    }
}
