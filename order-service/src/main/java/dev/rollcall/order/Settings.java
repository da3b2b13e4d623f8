package dev.rollcall.order;

import io.helidon.common.tls.Tls;
import io.helidon.config.Config;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/** What the service itself reads from the configuration; the server and its features read their own parts. */
record Settings(
        String databaseUrl,
        String databaseUser,
        String databasePassword,
        Path adminTokens,
        Path serviceTokens,
        List<String> currencies,
        URI couponUrl,
        Tls couponTls,
        Path couponToken,
        Duration couponTimeout,
        Duration attemptTimeout,
        Duration recoveryAfter,
        Duration recoveryInterval,
        String version) {
    static Settings of(Config config) {
        List<String> currencies = config.get("currencies").asList(String.class).get();
        currencies.forEach(Settings::requireCurrency);
        return new Settings(
                config.get("database.url").asString().get(),
                config.get("database.user").asString().get(),
                secret(config.get("database.password-file")),
                path(config.get("tokens.admin-file")),
                path(config.get("tokens.service-file")),
                List.copyOf(currencies),
                URI.create(config.get("coupon-service.url").asString().get()),
                tls(config.get("coupon-service.tls")),
                path(config.get("coupon-service.token-file")),
                config.get("coupon-service.timeout").as(Duration.class).get(),
                config.get("attempt-timeout").as(Duration.class).get(),
                config.get("recovery.after").as(Duration.class).get(),
                config.get("recovery.interval").as(Duration.class).get(),
                Optional.ofNullable(Settings.class.getPackage().getImplementationVersion())
                        .orElse("unknown"));
    }

    private static Path path(Config file) {
        return Path.of(file.asString().get());
    }

    private static Tls tls(Config config) {
        try {
            return Tls.create(config);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(config.key() + ": " + e.getMessage(), e);
        }
    }

    private static String secret(Config file) {
        try {
            return Files.readString(path(file)).strip();
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    file.key() + ": " + path(file) + " can't be read (expected: a file with the password)", e);
        }
    }

    private static void requireCurrency(String code) {
        boolean known = Currency.getAvailableCurrencies().stream()
                .anyMatch(currency ->
                        currency.getCurrencyCode().equals(code) && currency.getDefaultFractionDigits() >= 0);
        if (!known) {
            throw new IllegalArgumentException("currencies: " + code + " (expected: ISO 4217 codes such as EUR)");
        }
    }
}
