package dev.rollcall.launcher;

import dev.rollcall.launcher.platform.Terminal;
import dev.rollcall.launcher.platform.Workspace;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** A command that works on the platform: picocli makes it by a {@link Factory}. */
abstract class PlatformCommand implements Callable<Integer> {
    @SuppressWarnings("NullAway.Init") // set by the factory
    Workspace workspace;

    @SuppressWarnings("NullAway.Init") // set by the factory
    Terminal terminal;

    /** Makes commands, and tells each where things lie and whom to talk to. */
    record Factory(Workspace workspace, Terminal terminal) implements IFactory {
        @Override
        public <K> K create(Class<K> type) throws Exception {
            K made = CommandLine.defaultFactory().create(type);
            if (made instanceof PlatformCommand command) {
                command.workspace = workspace;
                command.terminal = terminal;
            }
            return made;
        }
    }
}
