package dev.rollcall.discovery.registration;

import dev.rollcall.discovery.consul.ConsulRefusedException;
import dev.rollcall.discovery.consul.ConsulUnavailableException;
import dev.rollcall.discovery.consul.RateLimiter;
import dev.rollcall.discovery.loop.BackgroundLoop;
import dev.rollcall.discovery.registration.AgentApi.AgentCheck;
import dev.rollcall.discovery.registration.Registration.State;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one instance registered until it leaves, in one loop that nothing else ends. A blocking query watches the
 * agent's entry, so that a lost or changed registration and a broken connection are seen at once.
 */
final class Registrar {
    private static final System.Logger LOGGER = System.getLogger(Registrar.class.getName());
    private static final Duration FIRST_DELAY = Duration.ofMillis(100);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(1);
    private static final Duration LEAVE_TIMEOUT = Duration.ofSeconds(3);

    private final AgentApi agent;
    private final Reconciler reconciler;
    private final String service;
    private final CountDownLatch confirmed = new CountDownLatch(1);

    private volatile Registration registration = new Registration("", State.PENDING, Instant.now(), "");
    private final RateLimiter rateLimiter = new RateLimiter(3, Duration.ofMillis(500));
    private volatile @Nullable BackgroundLoop loop;
    private volatile @Nullable ServiceDefinition wanted;

    /**
     * Registrar of one instance of {@code service}.
     *
     * @param interval maximum time between two comparisons with the agent
     */
    Registrar(AgentApi agent, String service, Duration interval) {
        this.agent = agent;
        this.reconciler = new Reconciler(agent, interval);
        this.service = service;
    }

    /** Starts the loop; {@code instance} is asked until it has a definition, as its address may not resolve yet. */
    void start(LocalInstance instance) {
        BackgroundLoop started = new BackgroundLoop(
                "consul-registrar-" + service, () -> round(instance), this::failed, FIRST_DELAY, LONGEST_DELAY);
        loop = started;
        started.start();
    }

    Registration registration() {
        return registration;
    }

    /** Waits up to {@code timeout} until the agent confirms the instance. */
    boolean awaitRegistered(Duration timeout) {
        try {
            return confirmed.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    Reconciler reconciler() {
        return reconciler;
    }

    /** Registers {@code consul_registration_up} and {@code consul_reregistrations_total}. */
    void bindTo(MeterRegistry registry) {
        Gauge.builder("consul.registration.up", this, it -> it.registration.state() == State.REGISTERED ? 1 : 0)
                .description("Whether the Consul agent confirms this instance as it is wanted")
                .strongReference(true)
                .register(registry);
        reregistrations(registry, "lost", reconciler.lost());
        reregistrations(registry, "changed", reconciler.changed());
    }

    /**
     * Puts the instance into maintenance mode for {@code reason} or, for null, takes it out. Survives re-registrations.
     *
     * @throws IllegalStateException if the server isn't started
     */
    void maintenance(@Nullable String reason) {
        ServiceDefinition definition = wanted;
        if (definition == null) {
            throw new IllegalStateException(
                    "Maintenance of " + service + ": the server isn't started (expected: a started server)");
        }
        reconciler.maintenance(definition.id(), reason);
        LOGGER.log(
                System.Logger.Level.INFO,
                "{0} {1}",
                definition.id(),
                reason == null ? "is out of maintenance" : "is in maintenance: " + reason);
    }

    /**
     * Ends the loop and takes the instance out of its callers' lists, in bounded time.
     *
     * @return whether callers may know the instance, and need time to learn that it leaves
     */
    boolean leave(LeaveMode mode) {
        BackgroundLoop running = loop;
        if (running != null) {
            running.close();
            running.awaitEnd(LEAVE_TIMEOUT);
        }
        ServiceDefinition definition = wanted;
        if (definition == null) {
            return false;
        }
        Thread leaving = Thread.ofVirtual().name("consul-leave-" + service).start(() -> leave(definition, mode));
        boolean answered = ended(leaving);
        if (!answered) {
            leaving.interrupt();
            LOGGER.log(
                    System.Logger.Level.WARNING,
                    "Consul did not confirm within {0} that {1} left",
                    LEAVE_TIMEOUT,
                    definition.id());
        }
        // if Consul didn't accept it, callers learn nothing
        return reconciler.confirmedOnce() && (!answered || registration.state() == State.LEFT);
    }

    private void leave(ServiceDefinition definition, LeaveMode mode) {
        String id = definition.id();
        try {
            switch (mode) {
                case DEREGISTER -> agent.deregister(id);
                case MAINTENANCE -> agent.maintenance(id, true, AgentCheck.STOPPED);
            }
            transition(State.LEFT, "");
        } catch (RuntimeException e) {
            LOGGER.log(
                    System.Logger.Level.WARNING,
                    "{0} could not leave Consul and stays there as critical until Consul removes it: {1}",
                    id,
                    e.getMessage());
        }
    }

    private void round(LocalInstance instance) throws InterruptedException {
        rateLimiter.acquire();
        if (reconciler.round(definition(instance), instance)) {
            transition(State.REGISTERED, "");
            confirmed.countDown();
        }
    }

    private ServiceDefinition definition(LocalInstance instance) throws InterruptedException {
        ServiceDefinition known = wanted;
        if (known != null) {
            return known;
        }
        ServiceDefinition definition = instance.awaitDefinition();
        wanted = definition;
        return definition;
    }

    private void failed(Throwable e) {
        switch (e) {
            case ConsulRefusedException refused -> transition(State.REFUSED, String.valueOf(refused.getMessage()));
            case ConsulUnavailableException away -> transition(State.UNREACHABLE, String.valueOf(away.getMessage()));
            default -> {
                if (transition(State.UNREACHABLE, e.toString())) {
                    LOGGER.log(System.Logger.Level.WARNING, "Registration failed unexpectedly, retrying", e);
                }
            }
        }
    }

    /** Changes the state and logs it; false if it is the same. */
    private boolean transition(State state, String detail) {
        Registration last = registration;
        if (last.state() == state) {
            return false;
        }
        ServiceDefinition definition = wanted;
        String id = definition == null ? "" : definition.id();
        registration = new Registration(id, state, Instant.now(), detail);
        switch (state) {
            case REGISTERED -> LOGGER.log(System.Logger.Level.INFO, "{0} is registered in Consul", id);
            case LEFT -> LOGGER.log(System.Logger.Level.INFO, "{0} left Consul", id);
            case UNREACHABLE, REFUSED ->
                LOGGER.log(System.Logger.Level.WARNING, "{0} is not registered, retrying: {1}", service, detail);
            case PENDING -> throw new IllegalStateException("a registration can't return to " + state);
        }
        return true;
    }

    private static void reregistrations(MeterRegistry registry, String reason, AtomicLong count) {
        FunctionCounter.builder("consul.reregistrations", count, AtomicLong::doubleValue)
                .description("Times this instance was registered again because Consul had lost or changed it")
                .tag("reason", reason)
                .register(registry);
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
