package dev.rollcall.launcher;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description = "Checks every order against its redemption, and what instances counted against what they wrote."
                + " Exits 0 only if nothing contradicts anything else.")
final class AuditCommand implements Callable<Integer> {
    private static final int SHOWN = 10;

    private final Workspace workspace;
    private final Terminal terminal;

    AuditCommand(Workspace workspace, Terminal terminal) {
        this.workspace = workspace;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Platform platform = Engine.local(workspace, terminal, "audit").running();
        Audit.Result result = new Audit(workspace, platform.ports()).run();
        terminal.print(text(result));
        return result.findings().isClean() ? 0 : 1;
    }

    static String text(Audit.Result result) {
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
