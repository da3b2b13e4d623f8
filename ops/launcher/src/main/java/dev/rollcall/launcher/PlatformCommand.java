package dev.rollcall.launcher;

import dev.rollcall.launcher.platform.Terminal;
import dev.rollcall.launcher.platform.Workspace;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** A command that works on the platform. Picocli creates it with the {@link Factory}. */
abstract class PlatformCommand implements Callable<Integer> {
    @SuppressWarnings("NullAway.Init") // set by the factory
    Workspace workspace;

    @SuppressWarnings("NullAway.Init") // set by the factory
    Terminal terminal;

    /** Creates commands and gives each the workspace and the terminal. */
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
