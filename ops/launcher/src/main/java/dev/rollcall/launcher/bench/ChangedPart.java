package dev.rollcall.launcher.bench;

import dev.rollcall.launcher.parts.LocalPart;
import dev.rollcall.launcher.process.Program;
import java.util.List;
import java.util.function.UnaryOperator;

/** A part with another command line. */
record ChangedPart(LocalPart part, UnaryOperator<List<String>> change) implements LocalPart {

    @Override
    public void prepare() {
        part.prepare();
    }

    @Override
    public Program program() {
        Program program = part.program();
        return new Program(
                program.name(),
                program.service(),
                program.port(),
                program.portOption(),
                program.randomPorts(),
                change.apply(program.command()));
    }
}
