package dev.rollcall.chassis;

import dev.rollcall.discovery.http.BearerTokens;
import io.helidon.config.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Currency;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Values of the configuration that several services read. An invalid one is an exception that names its key. */
public final class ConfigValues {
    private ConfigValues() {}

    /** A path. */
    public static Path path(Config node) {
        return Path.of(node.asString().get());
    }

    /** A duration; it may be zero, but not negative. */
    public static Duration duration(Config node) {
        Duration duration = node.as(Duration.class).get();
        if (duration.isNegative()) {
            throw new IllegalArgumentException(node.key() + ": " + duration + " (expected: not negative)");
        }
        return duration;
    }

    /** A whole number of 1 or more. */
    public static int atLeastOne(Config node) {
        int number = node.asInt().get();
        if (number < 1) {
            throw new IllegalArgumentException(node.key() + ": " + number + " (expected: 1 or more)");
        }
        return number;
    }

    /** The elements of a list, without blank ones; empty if there is no list. */
    public static List<String> names(Config node) {
        return node.asList(String.class).orElse(List.of()).stream()
                .filter(name -> !name.isBlank())
                .toList();
    }

    /**
     * The content of a file that holds a secret.
     *
     * @param node the node with the file's path
     * @return the secret, without blanks around it
     * @throws IllegalArgumentException if the file can't be read
     */
    public static String secret(Config node) {
        try {
            return Files.readString(path(node)).strip();
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    node.key() + ": " + path(node) + " can't be read (expected: a file with the password)", e);
        }
    }

    /**
     * The guard of a service's routes.
     *
     * @param node {@code admin-file} and {@code service-file}
     * @return the guard
     * @throws IllegalArgumentException if a file can't be read or has no token
     */
    public static BearerTokens tokens(Config node) {
        return BearerTokens.fromFiles(path(node.get("admin-file")), path(node.get("service-file")));
    }

    /**
     * ISO 4217 currencies.
     *
     * @param node the node with a list of codes
     * @return the codes
     * @throws IllegalArgumentException if one is unknown, or has no minor units
     */
    public static List<String> currencies(Config node) {
        Set<String> known = Currency.getAvailableCurrencies().stream()
                .filter(currency -> currency.getDefaultFractionDigits() >= 0)
                .map(Currency::getCurrencyCode)
                .collect(Collectors.toSet());
        List<String> codes = node.asList(String.class).get();
        for (String code : codes) {
            if (!known.contains(code)) {
                throw new IllegalArgumentException(
                        node.key() + ": " + code + " (expected: ISO 4217 codes such as EUR)");
            }
        }
        return List.copyOf(codes);
    }
}
