package dev.rollcall.launcher;

import dev.rollcall.launcher.catalogue.Catalogue;
import dev.rollcall.launcher.catalogue.CataloguePage;
import dev.rollcall.launcher.catalogue.Usage;
import dev.rollcall.launcher.platform.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;

@Command(
        name = "catalogue",
        mixinStandardHelpOptions = true,
        description = "Generates ops/METRICS.md from ops/metrics.yml, the rules and the dashboards.")
final class CatalogueCommand extends PlatformCommand {

    @Override
    public Integer call() {
        Path page = workspace.ops("METRICS.md");
        try {
            Catalogue catalogue = Catalogue.read(workspace.ops("metrics.yml"));
            Usage usage = Usage.read(workspace.ops("prometheus/rules"), workspace.ops("grafana/dashboards"));
            Files.writeString(page, CataloguePage.of(catalogue, usage));
            terminal.print("%d metrics: %s".formatted(catalogue.metrics().size(), page));
            return 0;
        } catch (IOException e) {
            throw new CommandFailure("cannot write " + page + ": " + e.getMessage(), e);
        }
    }
}
