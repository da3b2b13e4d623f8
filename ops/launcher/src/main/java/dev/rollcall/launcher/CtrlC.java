package dev.rollcall.launcher;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Interrupts a command on Ctrl-C and delays the JVM's exit until the command has cleaned up. */
final class CtrlC {
    private CtrlC() {}

    static <T> T interrupts(Supplier<T> command) {
        Thread caller = Thread.currentThread();
        CountDownLatch ended = new CountDownLatch(1);
        Thread hook = new Thread(() -> interrupt(caller, ended), "ctrl-c");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return command.get();
        } finally {
            ended.countDown();
            forget(hook);
        }
    }

    private static void interrupt(Thread caller, CountDownLatch ended) {
        caller.interrupt();
        try {
            ended.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the hook is running: the JVM is shutting down
        }
    }
}
