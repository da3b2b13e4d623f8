package dev.rollcall.launcher.parts;

import dev.rollcall.launcher.platform.Workspace;
import dev.rollcall.launcher.process.Processes;
import dev.rollcall.launcher.process.Program;
import java.util.ArrayList;
import java.util.List;

/** The launcher's own {@code traffic} command with a few orders a second, so that the business counters move. */
record BackgroundTraffic(Workspace workspace) implements LocalPart {

    @Override
    public Program program() {
        List<String> options = List.of("-Drollcall.home=" + workspace.home(), "-Drollcall.state=" + workspace.state());
        // while a platform records, its launcher does, into the file that this process would write
        boolean records = !AotCache.isRecording(workspace);
        List<String> command = new ArrayList<>(new App(workspace, App.LAUNCHER).command(records, options));
        command.addAll(List.of(Processes.TRAFFIC, "--rate", "2"));
        return new Program(Processes.TRAFFIC, "", 0, "", List.of(), command);
    }
}
