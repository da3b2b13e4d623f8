package dev.rollcall.discovery;

import dev.rollcall.discovery.AgentApi.AgentCheck;
import dev.rollcall.discovery.AgentApi.AgentService;
import dev.rollcall.discovery.Registration.State;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one instance registered: one loop that compares what is wanted with what the agent has and repairs the
 * difference. It waits in a blocking query on the agent's own entry, so that a lost registration, a changed one or a
 * broken connection is seen at once.
 */
final class Registrar {
    private static final System.Logger LOGGER = System.getLogger(Registrar.class.getName());
    private static final Duration FIRST_DELAY = Duration.ofMillis(100);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(1);
    private static final Duration LEAVE_TIMEOUT = Duration.ofSeconds(3);

    private final AgentApi agent;
    private final String name;
    private final Duration interval;
    private final AtomicLong lost = new AtomicLong();
    private final AtomicLong changed = new AtomicLong();

    private volatile Registration registration = new Registration("", State.PENDING, Instant.now(), "");
    private volatile boolean closed;
    private volatile @Nullable Thread thread;
    private volatile @Nullable ServiceDefinition wanted;
    private volatile boolean confirmedOnce;

    // owned by the loop
    private @Nullable String confirmedHash;

    /**
     * Registrar of one instance.
     *
     * @param name name of the service
     * @param interval longest time between two comparisons
     */
    Registrar(AgentApi agent, String name, Duration interval) {
        this.agent = agent;
        this.name = name;
        this.interval = interval;
    }

    /**
     * Starts the loop.
     *
     * @param source what is wanted; asked again until it answers, as an address can need a name that resolves later
     */
    void start(Supplier<ServiceDefinition> source) {
        thread = Thread.ofVirtual().name("consul-registrar-" + name).start(() -> run(source));
    }

    /** Registers {@code consul_registration_up} and {@code consul_reregistrations_total}. */
    void bindTo(MeterRegistry registry) {
        Gauge.builder("consul.registration.up", this, it -> it.registration.state() == State.REGISTERED ? 1 : 0)
                .description("Whether the Consul agent confirms this instance as it is wanted")
                .strongReference(true)
                .register(registry);
        reregistrations(registry, "lost", lost);
        reregistrations(registry, "changed", changed);
    }

    private static void reregistrations(MeterRegistry registry, String reason, AtomicLong count) {
        FunctionCounter.builder("consul.reregistrations", count, AtomicLong::doubleValue)
                .description("Times this instance was registered again because Consul had lost or changed it")
                .tag("reason", reason)
                .register(registry);
    }

    Registration registration() {
        return registration;
    }

    /**
     * Ends the loop and takes the instance out of Consul; returns after a bounded time whatever the agent does.
     *
     * @return whether others may have known the instance, and so need time to learn that it leaves
     */
    boolean leave() {
        closed = true;
        Thread loop = thread;
        if (loop != null) {
            loop.interrupt();
            ended(loop);
        }
        ServiceDefinition definition = wanted;
        if (definition == null) {
            return false;
        }
        Thread leaving =
                Thread.ofVirtual().name("consul-leave-" + definition.getId()).start(() -> deregister(definition));
        if (!ended(leaving)) {
            leaving.interrupt();
            LOGGER.log(
                    System.Logger.Level.WARNING,
                    "Consul did not confirm within {0} that {1} left",
                    LEAVE_TIMEOUT,
                    definition.getId());
        }
        return confirmedOnce;
    }

    private void run(Supplier<ServiceDefinition> source) {
        Backoff backoff = new Backoff(FIRST_DELAY, LONGEST_DELAY);
        Pace pace = new Pace(3, Duration.ofMillis(500));
        while (!closed) {
            try {
                pace.await();
                reconcile(source);
                backoff.reset();
            } catch (InterruptedException e) {
                // only leave() interrupts: the condition of the loop ends it
            } catch (RuntimeException e) {
                failed(e);
                pause(backoff.next());
            }
        }
    }

    private void reconcile(Supplier<ServiceDefinition> source) {
        ServiceDefinition definition = wanted;
        if (definition == null) {
            definition = source.get();
            wanted = definition;
        }
        String id = definition.getId();
        String hash = confirmedHash;
        // forgotten until it is confirmed again: after any failure the agent is asked in full
        confirmedHash = null;
        Optional<AgentService> found = hash == null ? agent.service(id) : agent.awaitChange(id, hash, waitSeconds());
        if (found.isEmpty()) {
            register(definition, ServiceDefinition.PASSING, lost, "lost");
            return;
        }
        Collection<AgentCheck> checks = agent.checks(id);
        if (checks.isEmpty() || !found.get().matches(definition)) {
            register(definition, worst(checks), changed, "changed");
            return;
        }
        confirmedHash = found.get().contentHash();
        confirmedOnce = true;
        transition(State.REGISTERED, "");
    }

    private void register(ServiceDefinition definition, String status, AtomicLong repairs, String reason) {
        definition.initialStatus(status);
        agent.register(definition);
        if (confirmedOnce) {
            repairs.incrementAndGet();
            LOGGER.log(
                    System.Logger.Level.WARNING, "Registered {0} again: Consul had it {1}", definition.getId(), reason);
        }
    }

    private void deregister(ServiceDefinition definition) {
        try {
            agent.deregister(definition.getId());
            transition(State.LEFT, "");
        } catch (RuntimeException e) {
            LOGGER.log(
                    System.Logger.Level.WARNING,
                    "{0} could not leave Consul, which shows it as critical and removes it by itself after {1}: {2}",
                    definition.getId(),
                    definition.getCheck().getDeregisterCriticalServiceAfter(),
                    e.getMessage());
        }
    }

    private void failed(RuntimeException e) {
        if (closed) {
            return;
        }
        String detail = String.valueOf(e.getMessage());
        switch (e) {
            case ConsulRefusedException refused -> transition(State.REFUSED, detail);
            case ConsulUnavailableException unavailable -> transition(State.UNREACHABLE, detail);
            default -> {
                LOGGER.log(System.Logger.Level.WARNING, "Registration failed unexpectedly, and is tried again", e);
                transition(State.UNREACHABLE, e.toString());
            }
        }
    }

    private void transition(State state, String detail) {
        Registration last = registration;
        if (last.state() == state) {
            return;
        }
        ServiceDefinition definition = wanted;
        String id = definition == null ? "" : definition.getId();
        registration = new Registration(id, state, Instant.now(), detail);
        switch (state) {
            case REGISTERED -> LOGGER.log(System.Logger.Level.INFO, "{0} is registered in Consul", id);
            case LEFT -> LOGGER.log(System.Logger.Level.INFO, "{0} left Consul", id);
            case UNREACHABLE, REFUSED ->
                LOGGER.log(System.Logger.Level.WARNING, "{0} is not registered and tries on: {1}", id, detail);
            case PENDING -> throw new IllegalStateException("No way leads back to " + state);
        }
    }

    /** Whole seconds, as Consul wants them: between half the interval and all of it. */
    private long waitSeconds() {
        long longest = Math.max(2, interval.toSeconds());
        return ThreadLocalRandom.current().nextLong(longest / 2, longest + 1);
    }

    private static String worst(Collection<AgentCheck> checks) {
        return checks.stream()
                .map(AgentCheck::status)
                .filter(status -> !ServiceDefinition.PASSING.equals(status))
                .findFirst()
                .orElse(ServiceDefinition.PASSING);
    }

    private static void pause(Duration delay) {
        try {
            Thread.sleep(delay);
        } catch (InterruptedException e) {
            // only leave() interrupts: the condition of the loop ends it
        }
    }

    private static boolean ended(Thread thread) {
        try {
            return thread.join(LEAVE_TIMEOUT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
