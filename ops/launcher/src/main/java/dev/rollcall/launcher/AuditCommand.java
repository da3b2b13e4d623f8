package dev.rollcall.launcher;

import dev.rollcall.launcher.audit.Audit;
import dev.rollcall.launcher.audit.Findings;
import dev.rollcall.launcher.audit.Invariant;
import dev.rollcall.launcher.engine.DockerEngine;
import dev.rollcall.launcher.engine.Engine;
import dev.rollcall.launcher.engine.LocalEngine;
import dev.rollcall.launcher.parts.Databases;
import dev.rollcall.launcher.platform.Addresses;
import dev.rollcall.launcher.platform.Table;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description = "Compares every order with its redemption, and every instance's counters with what it wrote."
                + " Exits 0 only if everything agrees.")
public final class AuditCommand extends PlatformCommand {
    private static final int SHOWN = 10;

    @Mixin
    private final RemotePlatform remote = new RemotePlatform();

    @Option(
            names = "--databases",
            paramLabel = "URL",
            defaultValue = "${env:ROLLCALL_DATABASES}",
            description =
                    "JDBC URL of that platform's database server, up to the database name: each service has a database and"
                            + " a user of its own name")
    private Optional<String> server = Optional.empty();

    @Option(
            names = "--database-passwords",
            paramLabel = "DIR",
            defaultValue = "${env:ROLLCALL_DATABASE_PASSWORDS}",
            description = "folder with the password of each of these users, in a file of the user's name")
    private Optional<Path> passwords = Optional.empty();

    @Override
    public Integer call() {
        Optional<Addresses> given = remote.addresses(workspace);
        if (given.isPresent()) {
            return audit(given.get(), given());
        }
        return switch (Engine.running(workspace, terminal)) {
            case DockerEngine docker -> docker.within("audit", List.of());
            case LocalEngine local ->
                audit(Addresses.of(workspace, local.ports()), Databases.of(workspace, local.ports()));
        };
    }

    private int audit(Addresses addresses, Databases databases) {
        try (Audit audit = new Audit(addresses, databases)) {
            Audit.Result result = audit.run();
            terminal.print(text(result));
            return result.findings().isClean() ? 0 : 1;
        }
    }

    private Databases given() {
        return server.flatMap(url -> passwords.map(folder -> Databases.at(url, folder)))
                .orElseThrow(() -> remote.misused("auditing another platform needs --databases, like"
                        + " jdbc:postgresql://127.0.0.1:5432/, and --database-passwords, a folder"));
    }

    public static String text(Audit.Result result) {
        Findings findings = result.findings();
        Table table = new Table("INVARIANT", "CHECKED", "BROKEN");
        StringBuilder broken = new StringBuilder();
        for (Invariant invariant : Invariant.values()) {
            int offenders = findings.broken(invariant).size();
            table.row(invariant.sentence(), Long.toString(findings.checked(invariant)), Integer.toString(offenders));
            findings.broken(invariant).stream()
                    .limit(SHOWN)
                    .forEach(offender -> broken.append(offender).append('\n'));
            if (offenders > SHOWN) {
                broken.append("and %d more%n".formatted(offenders - SHOWN));
            }
        }
        result.passedOver()
                .forEach(instance -> broken.append("skipped ").append(instance).append('\n'));
        return "%s%n%n%s%s: %d orders, %d redemptions, %d processes%s"
                .formatted(
                        table,
                        broken,
                        findings.isClean() ? "audit clean" : "audit failed",
                        result.orders(),
                        result.redemptions(),
                        result.processes(),
                        result.exact() ? "" : " (counters compared while orders were under way)");
    }
}
