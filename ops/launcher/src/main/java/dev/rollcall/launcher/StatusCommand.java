package dev.rollcall.launcher;

import dev.rollcall.launcher.engine.EngineInUse;
import dev.rollcall.launcher.engine.RollCallWaiter;
import dev.rollcall.rollcall.RollCall;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description =
                "Calls the roll: shows each instance's check in Consul, target in Prometheus, last scrape and business"
                        + " counters. Exits 0 only if every instance is accounted for.")
final class StatusCommand extends PlatformCommand {

    @Option(names = "--json", description = "print JSON")
    private boolean json;

    @Override
    public Integer call() {
        EngineInUse found = EngineInUse.running(workspace, terminal);
        try (RollCallWaiter caller = new RollCallWaiter(found.engine(), terminal)) {
            RollCall rollCall = caller.call(found.deployment());
            StatusReport report = new StatusReport(rollCall);
            terminal.print(json ? report.json() : report.text());
            return rollCall.isComplete() ? 0 : 1;
        }
    }
}
