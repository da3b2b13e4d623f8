package dev.rollcall.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.launcher.platform.Terminal;
import dev.rollcall.launcher.platform.Workspace;
import dev.rollcall.launcher.testing.Checkout;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessesTest {
    @TempDir
    Path state = Path.of("");

    @Test
    void endsWhatRunsAsAProgramThatNobodyKnowsToRunAndNothingElse() {
        Workspace workspace = new Checkout(state).workspace();
        Processes processes = new Processes(workspace, new Terminal(System.out, System.err, false));
        Program lost = sleeping("lost");
        PartProcess stray = lost.start(workspace);
        PartProcess other = sleeping("other").start(workspace);
        try {
            processes.endStrays(List.of(lost, sleeping("never-started")));

            assertThat(stray.process().awaitEnd(Duration.ofSeconds(10))).isTrue();
            assertThat(other.isAlive()).isTrue();
        } finally {
            stray.process().kill();
            other.process().kill();
        }
    }

    private static Program sleeping(String name) {
        return new Program(name, "", 0, "", List.of(), List.of("sleep", "60"));
    }
}
