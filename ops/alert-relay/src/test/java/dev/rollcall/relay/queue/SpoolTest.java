package dev.rollcall.relay.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.relay.Webhooks;
import dev.rollcall.relay.domain.Channel;
import dev.rollcall.relay.domain.Notification;
import dev.rollcall.relay.metrics.RelayMeters;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
    private static final long MAX_BYTES = 1 << 20;
    private static final Duration WINDOW = Duration.ofHours(1);
    private static final Notification FIRING = Webhooks.notification("firing", "TargetDown", "a");
    private static final Notification RESOLVED = Webhooks.notification("resolved", "TargetDown", "a");

    @TempDir
    private Path folder;

    private Instant now = Instant.parse("2026-01-31T08:00:00Z");
    private final Clock clock =
            InstantSource.tick(() -> now, Duration.ofNanos(1)).withZone(ZoneOffset.UTC);
    private Spool spool;

    @BeforeEach
    void open() throws IOException {
        spool = Spool.open(folder, MAX_BYTES, WINDOW, clock);
    }

    /** Opens the spool as a process does that starts after a kill. */
    private void reopen() throws IOException {
        open();
    }

    private List<Queued> waiting() {
        return spool.head(1_000, entry -> true, entry -> {
            throw new AssertionError(entry + " is corrupt");
        });
    }

    private void deliver() {
        waiting().forEach(queued -> spool.delivered(queued.entry()));
    }

    private long files(String state) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(state))) {
            return files.count();
        }
    }

    @Test
    void hasEverythingAfterAKillInTheOrderInWhichItCame() throws IOException {
        List<Notification> sent = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            // a clock that goes back changes nothing
            now = now.minusSeconds(i % 3 * 60L);
            Notification notification = Webhooks.notification("firing", "Alert" + i, "a");
            sent.add(notification);
            spool.accept(notification);
            if (i % 10 == 0) {
                reopen();
            }
        }

        reopen();

        assertThat(waiting()).extracting(Queued::notification).isEqualTo(sent);
        assertThat(spool.depth()).isEqualTo(50);
    }

    @Test
    void doesNotTakeTheSameTwiceWhetherItWaitsOrIsDelivered() throws IOException {
        assertThat(spool.accept(FIRING)).isEqualTo(Acceptance.STORED);
        assertThat(spool.accept(FIRING)).isEqualTo(Acceptance.DUPLICATE);
        reopen();
        assertThat(spool.accept(FIRING)).isEqualTo(Acceptance.DUPLICATE);

        deliver();

        assertThat(spool.accept(FIRING)).isEqualTo(Acceptance.DUPLICATE);
        reopen();
        assertThat(spool.accept(FIRING)).isEqualTo(Acceptance.DUPLICATE);
        assertThat(spool.depth()).isZero();
    }

    @Test
    void takesAResolutionAndTheSameFiringAfterIt() throws IOException {
        spool.accept(FIRING);
        deliver();

        assertThat(spool.accept(RESOLVED)).isEqualTo(Acceptance.STORED);
        assertThat(spool.accept(RESOLVED)).isEqualTo(Acceptance.DUPLICATE);
        reopen();
        assertThat(spool.accept(FIRING)).isEqualTo(Acceptance.STORED);
        assertThat(spool.accept(FIRING)).isEqualTo(Acceptance.DUPLICATE);
    }

    @Test
    void tellsOtherAlertsOfTheSameGroupApart() {
        String one = Webhooks.alert("firing", "TargetDown", "a");
        String two = Webhooks.alert("firing", "TargetDown", "b");
        String oneOver = Webhooks.alert("resolved", "TargetDown", "a");
        String oneAgain = Webhooks.alert("firing", "TargetDown", "a", "2026-01-31T09:00:00Z");

        assertThat(Stream.of(one, one + "," + two, oneOver + "," + two, oneAgain + "," + two)
                        .map(alerts -> Webhooks.parse(Webhooks.ofAlerts("firing", "TargetDown", alerts)))
                        .map(spool::accept))
                .containsOnly(Acceptance.STORED);
        assertThat(spool.accept(Webhooks.parse(Webhooks.ofAlerts("firing", "TargetDown", two + "," + oneAgain))))
                .isEqualTo(Acceptance.DUPLICATE);
        assertThat(spool.accept(Webhooks.parse(Webhooks.ofAlerts("firing", "TargetDown", two + "," + oneAgain)
                        .replace("\"receiver\": \"duty\"", "\"receiver\": \"others\""))))
                .isEqualTo(Acceptance.STORED);
    }

    @Test
    void takesAReminderOnceTheWindowIsOver() throws IOException {
        spool.accept(FIRING);
        deliver();
        now = now.plus(WINDOW).plusSeconds(1);

        assertThat(spool.accept(FIRING)).isEqualTo(Acceptance.STORED);
        deliver();
        assertThat(files("delivered")).isEqualTo(1);
    }

    @Test
    void takesNoReminderOfWhatStillWaits() {
        spool.accept(FIRING);
        now = now.plus(WINDOW.multipliedBy(5));

        assertThat(spool.accept(FIRING)).isEqualTo(Acceptance.DUPLICATE);
    }

    @Test
    void remembersOneFileAGroupWithoutItsContent() throws IOException {
        for (int i = 0; i < 10; i++) {
            spool.accept(FIRING);
            spool.accept(RESOLVED);
            deliver();
        }

        assertThat(files("waiting")).isZero();
        assertThat(files("delivered")).isEqualTo(1);
        try (Stream<Path> files = Files.list(folder.resolve("delivered"))) {
            assertThat(files).allSatisfy(file -> assertThat(file).isEmptyFile());
        }
    }

    @Test
    void setsAsideWhatIsNoNotificationAnyMoreAndGoesOn() throws IOException {
        spool.accept(FIRING);
        spool.accept(Webhooks.notification("firing", "Other", "b"));
        Path file;
        try (Stream<Path> files = Files.list(folder.resolve("waiting"))) {
            file = files.sorted().findFirst().orElseThrow();
        }
        Files.writeString(file, "{\"version\": \"4\", \"gro");
        Files.writeString(folder.resolve("waiting/notes.txt"), "not ours");
        Files.writeString(folder.resolve("waiting/" + file.getFileName() + ".tmp"), "broken off");
        reopen();
        List<SpoolEntry> corrupt = new ArrayList<>();

        assertThat(spool.head(10, entry -> true, corrupt::add))
                .extracting(queued -> queued.notification().alerts().getFirst().name())
                .containsExactly("Other");

        assertThat(corrupt).hasSize(1);
        assertThat(spool.depth()).isEqualTo(1);
        assertThat(files("corrupt")).isEqualTo(2);
        assertThat(files("waiting")).isEqualTo(1);
    }

    @Test
    void answersWhatWaitsWhileTheDiskIsSlow() throws Exception {
        var reached = new CountDownLatch(1);
        var released = new CountDownLatch(1);
        spool.accept(FIRING);
        Instant oldest = spool.oldest().orElseThrow();
        spool = Spool.open(folder, MAX_BYTES, WINDOW, clock, channel -> {
            reached.countDown();
            try {
                released.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        });
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new RelayMeters(registry, clock).of(Channel.DINGTALK).follow(spool);

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Acceptance> accepted = threads.submit(() -> spool.accept(RESOLVED));
            reached.await();
            try {
                assertThat(threads.submit(() -> registry.scrape()).get(10, TimeUnit.SECONDS))
                        .contains("alert_queue_depth{channel=\"dingtalk\"} 1.0");
                assertThat(threads.submit(() -> spool.oldest()).get(10, TimeUnit.SECONDS))
                        .contains(oldest);
                assertThat(threads.submit(() -> spool.has(entry -> true)).get(10, TimeUnit.SECONDS))
                        .isTrue();
            } finally {
                released.countDown();
            }
            assertThat(accepted.get()).isEqualTo(Acceptance.STORED);
        }
        assertThat(spool.depth()).isEqualTo(2);
    }

    @Test
    void dropsEarlierNotificationsOfAGroupOnceALaterOneIsDelivered() throws IOException {
        spool.accept(FIRING);
        spool.accept(Webhooks.notification("firing", "Other", "b"));
        spool.accept(RESOLVED);
        List<SpoolEntry> entries = waiting().stream().map(Queued::entry).toList();

        assertThat(spool.delivered(entries.getLast())).containsExactly(entries.getFirst());

        assertThat(waiting()).extracting(Queued::entry).containsExactly(entries.get(1));
        reopen();
        assertThat(waiting()).extracting(Queued::entry).containsExactly(entries.get(1));
        assertThat(spool.accept(RESOLVED)).isEqualTo(Acceptance.DUPLICATE);
        assertThat(spool.accept(FIRING)).isEqualTo(Acceptance.STORED);
    }

    @Test
    void isFullOnceItHasItsBytes() throws IOException {
        spool = Spool.open(folder, 3 * 4_096, WINDOW, clock);
        for (int i = 0; i < 3; i++) {
            spool.accept(Webhooks.notification("firing", "Alert" + i, "a"));
        }

        assertThatThrownBy(() -> spool.accept(FIRING))
                .isInstanceOf(NotStoredException.class)
                .hasMessageContaining("is full: 3 notifications wait in 12288 bytes (at most: 12288)");
        assertThat(spool.accept(Webhooks.notification("firing", "Alert2", "a"))).isEqualTo(Acceptance.DUPLICATE);

        spool.delivered(waiting().getFirst().entry());

        assertThat(spool.accept(FIRING)).isEqualTo(Acceptance.STORED);
    }

    @Test
    void doesNotDeliverAgainWhatItCannotMark() throws IOException {
        spool.accept(FIRING);
        Files.delete(folder.resolve("delivered"));

        deliver();

        assertThat(waiting()).isEmpty();
        assertThat(spool.accept(FIRING)).isEqualTo(Acceptance.DUPLICATE);

        Files.createDirectory(folder.resolve("delivered"));
        spool.accept(Webhooks.notification("firing", "Other", "b"));

        assertThat(files("waiting")).isEqualTo(1);
        assertThat(files("delivered")).isEqualTo(1);
    }

    @Test
    void keepsTheDeadWithTheirContentAndTakesTheSameAgain() throws IOException {
        spool.accept(FIRING);

        assertThat(spool.giveUp(waiting().getFirst().entry())).isTrue();

        assertThat(spool.accept(FIRING)).isEqualTo(Acceptance.STORED);
        deliver();

        reopen();
        assertThat(spool.depth()).isZero();
        try (Stream<Path> files = Files.list(folder.resolve("dead"))) {
            assertThat(files)
                    .singleElement()
                    .satisfies(file -> assertThat(file).content().contains("TargetDown"));
        }
    }

    @Test
    void belongsToOneProcessAtATime() {
        Path shared = folder.resolve("shared");
        try (QueueDirectory first = QueueDirectory.open(shared, MAX_BYTES, WINDOW, clock)) {
            assertThat(first.isWritable()).isTrue();
            assertThatThrownBy(() -> QueueDirectory.open(shared, MAX_BYTES, WINDOW, clock))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("is in use");
        }
        QueueDirectory.open(shared, MAX_BYTES, WINDOW, clock).close();
    }
}
