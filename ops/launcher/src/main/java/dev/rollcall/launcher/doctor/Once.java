package dev.rollcall.launcher.doctor;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/** A question that the first who needs the answer asks, while the others wait for it. */
final class Once<T> {

    private final FutureTask<Answer<T>> task;

    Once(Supplier<Answer<T>> question) {
        this.task = new FutureTask<>(question::get);
    }

    Answer<T> answer() {
        task.run();
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the question broke off", e);
        }
    }
}
