package dev.rollcall.launcher.doctor;

import dev.rollcall.rollcall.Part;
import java.util.List;

/** All parts that are not instances run. */
final class PartsRun implements Step<Surroundings> {

    @Override
    public String name() {
        return "parts";
    }

    @Override
    public Finding examine(Surroundings surroundings) {
        List<String> parts = surroundings.expected().stream()
                .filter(part -> !part.isInstance())
                .map(Part::name)
                .toList();
        List<String> gone = surroundings.expected().stream()
                .filter(part -> !part.isInstance() && !part.isAlive())
                .map(Part::name)
                .toList();
        if (parts.isEmpty()) {
            return new Finding.Skipped("doctor does not know which parts should run");
        }
        return gone.isEmpty()
                ? new Finding.Passed(String.join(", ", parts) + " run")
                : new Finding.Amiss(
                        "gone, killed or crashed: " + String.join(", ", gone),
                        "ops/rollcall logs %s shows why, ops/rollcall up starts it again".formatted(gone.getFirst()));
    }
}
