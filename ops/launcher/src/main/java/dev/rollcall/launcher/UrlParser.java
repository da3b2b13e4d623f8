package dev.rollcall.launcher;

import java.net.URI;
import java.net.URISyntaxException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Parses the URL of an HTTP API. */
final class UrlParser implements ITypeConverter<URI> {
    @Override
    public URI convert(String text) {
        try {
            URI url = new URI(text);
            if (String.valueOf(url.getScheme()).matches("https?") && url.getHost() != null) {
                return url;
            }
        } catch (URISyntaxException e) {
            // refused below
        }
        throw new TypeConversionException("'%s' (expected: like http://127.0.0.1:8500)".formatted(text));
    }
}
