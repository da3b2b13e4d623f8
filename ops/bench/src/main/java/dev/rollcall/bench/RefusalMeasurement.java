package dev.rollcall.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** What a service says whose registration Consul refuses with 403. */
final class RefusalMeasurement implements Measurement {
    private static final Duration WATCHED = Duration.ofSeconds(8);
    private static final Pattern NAMED = Pattern.compile("403|permission denied|forbidden", Pattern.CASE_INSENSITIVE);

    @Override
    public List<Row> run() throws IOException, InterruptedException {
        try (RefusingAgent oursAgent = RefusingAgent.start();
                RefusingAgent peerAgent = RefusingAgent.start();
                Child ours = OurService.start(oursAgent.url());
                Child theirs = PeerService.start(peerAgent.url(), PeerService.NAME)) {
            Until.holds("both to serve", () -> ours.serves() && theirs.serves());
            int before = oursAgent.refused();
            Thread.sleep(WATCHED);
            return List.of(
                    Row.plain("403 on register", text(theirs, peerAgent.refused()), text(ours, oursAgent.refused()))
                            .reach("named, retried", named(ours) > 0 && oursAgent.refused() > before));
        }
    }

    private static long named(Child child) {
        return child.log().stream().filter(line -> NAMED.matcher(line).find()).count();
    }

    private static String text(Child child, int tries) {
        long named = named(child);
        return (named == 0 ? "silent" : "named in its log")
                + ", tried %d times, health %d".formatted(tries, child.health());
    }
}
