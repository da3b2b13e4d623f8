package dev.rollcall.launcher;

import java.time.Duration;
import java.util.List;

/** Holds the roll call over a platform, again and again until it is as wanted. */
final class RollCaller {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final int TRIES = 5;

    private final Engine engine;
    private final Terminal terminal;

    RollCaller(Engine engine, Terminal terminal) {
        this.engine = engine;
        this.terminal = terminal;
    }

    /** Waits until all of the platform is accounted for. */
    void awaitComplete() {
        List<String> all = engine.members().stream().map(Member::name).toList();
        await("waiting for", all, call -> {
            forgetStrangers(call);
            return call.problems();
        });
    }

    /** Waits until these instances are accounted for. */
    void awaitPresent(List<String> ids) {
        await(
                "waiting for",
                ids,
                call -> call.rows().stream()
                        .filter(row -> ids.contains(row.id()))
                        .filter(row -> !row.isAccountedFor())
                        .map(Row::complaint)
                        .toList());
    }

    /** Waits until neither Consul nor Prometheus knows these instances. */
    void awaitGone(List<String> ids) {
        await(
                "taking leave of",
                List.of(),
                call -> call.blind().isEmpty()
                        ? call.rows().stream()
                                .map(Row::id)
                                .filter(ids::contains)
                                .map(id -> id + ": still known to Consul or Prometheus")
                                .toList()
                        : call.blind());
    }

    /** Makes Consul forget an instance that could not take leave itself. */
    void forget(String id) {
        for (int tries = 1; ; tries++) {
            try {
                engine.deregister(id);
                return;
            } catch (HttpJson.Unanswered e) {
                // a busy agent answers the next time: to give up at once would mean to wait for its reaper
                if (tries == TRIES) {
                    terminal.say(id + " stays registered for another 5 minutes: " + e.getMessage());
                    return;
                }
                Pause.of(PAUSE);
            }
        }
    }

    /** What a crash of an earlier platform left behind in Consul's data. */
    private void forgetStrangers(RollCall call) {
        call.rows().stream()
                .filter(row -> row.process().equals("foreign") && row.check().equals("critical"))
                .filter(row -> Service.named(row.service()).isPresent())
                .forEach(row -> forget(row.id()));
    }

    private interface Missing {
        List<String> in(RollCall call);
    }

    private void await(String doing, List<String> mustLive, Missing missing) {
        long started = System.nanoTime();
        while (true) {
            List<String> problems = missing.in(engine.rollCall());
            if (problems.isEmpty()) {
                return;
            }
            Duration waited = Duration.ofNanos(System.nanoTime() - started);
            String first =
                    problems.getFirst() + (problems.size() == 1 ? "" : " (and %d more)".formatted(problems.size() - 1));
            terminal.progress("%2d s, %s %s".formatted(waited.toSeconds(), doing, first));
            engine.members().stream()
                    .filter(member -> mustLive.contains(member.name()) && !member.isAlive())
                    .findFirst()
                    .ifPresent(gone -> {
                        throw new CommandFailure(
                                "%s ended while starting: %s".formatted(gone.name(), engine.lastWords(gone.name())));
                    });
            if (waited.compareTo(PATIENCE) > 0) {
                throw new CommandFailure("gave up after %d s %s %s".formatted(PATIENCE.toSeconds(), doing, first));
            }
            Pause.of(PAUSE);
        }
    }
}
