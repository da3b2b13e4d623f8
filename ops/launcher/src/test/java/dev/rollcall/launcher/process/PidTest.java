package dev.rollcall.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PidTest {

    @Test
    void tellsARunningProcessFromAnEndedOne() throws Exception {
        Process process = new ProcessBuilder("sleep", "60").start();
        Pid pid = Pid.of(process.pid());

        assertThat(pid.isAlive()).isTrue();
        pid.terminate();

        assertThat(pid.awaitEnd(Duration.ofSeconds(5))).isTrue();
        assertThat(process.waitFor(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void doesNotTakeALaterProcessOfTheSameNumberForItsOwn() throws Exception {
        Process stranger = new ProcessBuilder("sleep", "60").start();
        Pid pid = Pid.of(stranger.pid());
        Pid former = new Pid(pid.pid(), pid.started() - 1);

        assertThat(former.isAlive()).isFalse();
        former.kill();

        assertThat(pid.isAlive()).isTrue();
        stranger.destroyForcibly().waitFor();
    }

    @Test
    void takesAZombieForEnded() throws Exception {
        // the shell becomes a sleep, which never asks how its child ended
        Process parent = new ProcessBuilder("sh", "-c", "sleep 0.1 & echo $!; exec sleep 60").start();
        Pid child = Pid.of(Long.parseLong(firstLine(parent)));

        assertThat(child.awaitEnd(Duration.ofSeconds(5))).isTrue();
        parent.destroyForcibly().waitFor();
    }

    @Test
    void saysWhenAProcessDoesNotEndInTime() throws Exception {
        Process stubborn =
                new ProcessBuilder("sh", "-c", "trap '' TERM; echo ready; while :; do sleep 1; done").start();
        firstLine(stubborn);
        Pid pid = Pid.of(stubborn.pid());

        pid.terminate();

        assertThat(pid.awaitEnd(Duration.ofMillis(200))).isFalse();
        pid.kill();
        assertThat(pid.awaitEnd(Duration.ofSeconds(5))).isTrue();
    }

    private static String firstLine(Process process) throws IOException {
        BufferedReader reader = process.inputReader();
        return String.valueOf(reader.readLine());
    }
}
