package dev.rollcall.launcher.doctor;

import dev.rollcall.rollcall.Part;
import java.util.List;

/** What instances need and what watches them runs. */
final class PartsRun implements Step<Surroundings> {

    @Override
    public String name() {
        return "parts";
    }

    @Override
    public Finding examine(Surroundings surroundings) {
        List<String> parts = surroundings.expected().stream()
                .filter(process -> !process.isInstance())
                .map(Part::name)
                .toList();
        List<String> gone = surroundings.expected().stream()
                .filter(process -> !process.isInstance() && !process.isAlive())
                .map(Part::name)
                .toList();
        if (parts.isEmpty()) {
            return new Finding.Skipped("what should run isn't seen from here");
        }
        return gone.isEmpty()
                ? new Finding.Passed(String.join(", ", parts) + " run")
                : new Finding.Amiss(
                        "gone, killed or crashed: " + String.join(", ", gone),
                        "ops/rollcall logs %s tells why, ops/rollcall up starts it again".formatted(gone.getFirst()));
    }
}
