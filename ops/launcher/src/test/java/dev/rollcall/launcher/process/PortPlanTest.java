package dev.rollcall.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.launcher.platform.CommandFailure;
import dev.rollcall.launcher.platform.Port;
import dev.rollcall.launcher.platform.Ports;
import dev.rollcall.launcher.platform.Service;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PrimitiveIterator;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PortPlanTest {

    private static final int FIRST = 20_000;

    @Test
    void givesTheFirstInstanceThePortThatIsSetForIt() {
        assertThat(plan(PlatformState.NONE.stoppedOn(new Ports(Map.of(Port.COUPON, FIRST))))
                        .reserve(Service.COUPON, 2))
                .hasSize(2)
                .startsWith(FIRST)
                .doesNotHaveDuplicates();
    }

    @Test
    void givesAnInstanceThePortItHadBefore() {
        PlatformState before =
                new PlatformState(Ports.DEFAULTS, Map.of("coupon-service", List.of(FIRST, FIRST + 1)), List.of());

        assertThat(plan(before).reserve(Service.COUPON, 3))
                .containsExactly(Port.COUPON.defaultNumber(), FIRST, FIRST + 1);
    }

    @Test
    void passesOverPortsThatAreInUse() {
        PlatformState platform = PlatformState.NONE.with(
                new PartProcess("order-service-127.0.0.1-8081", "order-service", 8081, new Pid(1, 1)));

        assertThat(plan(platform).reserve(Service.ORDER, 1)).hasSize(1).doesNotContain(8081);
        assertThat(plan(platform).reserve(Service.ORDER, 0)).isEmpty();
    }

    @Test
    void saysThatNoPortIsFree() {
        PortPlan plan = new PortPlan(PlatformState.NONE, port -> false, () -> FIRST);

        assertThatThrownBy(plan::reserve)
                .isInstanceOf(CommandFailure.class)
                .hasMessage("no free port from 10000 to 32767 on the loopback address: end what listens there");
    }

    /** From 60 ports, so that independent draws would collide in nearly every plan. */
    @Test
    void givesNoPortTwiceInTwoThousandPlatforms() {
        for (int seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            Ports chosen = chosen(random);
            Map<String, List<Integer>> remembered = remembered(random);
            Set<Integer> taken =
                    new HashSet<>(random.ints(5, FIRST, FIRST + 60).boxed().toList());
            PortPlan plan = new PortPlan(
                    new PlatformState(chosen, remembered, List.of()),
                    port -> !taken.contains(port),
                    () -> FIRST + random.nextInt(60));

            List<Integer> reserved = new ArrayList<>(List.of(plan.reserve(), plan.reserve()));
            for (Service service : Service.values()) {
                List<Integer> ports = plan.reserve(service, service.instances());
                assertThat(ports).as("seed %d", seed).startsWith(chosen.of(service.firstPort()));
                reserved.addAll(ports.subList(1, ports.size()));
            }

            assertThat(reserved)
                    .as("seed %d", seed)
                    .doesNotHaveDuplicates()
                    .doesNotContainAnyElementsOf(taken)
                    .doesNotContainAnyElementsOf(
                            List.of(Port.values()).stream().map(chosen::of).toList());
        }
    }

    /** Some ports of a user's own, distinct as {@link Ports} demands. */
    private static Ports chosen(Random random) {
        Map<Port, Integer> chosen = new EnumMap<>(Port.class);
        PrimitiveIterator.OfInt numbers =
                random.ints(FIRST, FIRST + 60).distinct().iterator();
        for (Port port : Port.values()) {
            if (random.nextBoolean()) {
                chosen.put(port, numbers.next());
            }
        }
        return new Ports(chosen);
    }

    private static Map<String, List<Integer>> remembered(Random random) {
        Map<String, List<Integer>> remembered = new HashMap<>();
        for (Service service : Service.values()) {
            remembered.put(
                    service.serviceName(),
                    random.ints(random.nextInt(3), FIRST, FIRST + 60)
                            .distinct()
                            .boxed()
                            .toList());
        }
        return remembered;
    }

    private static PortPlan plan(PlatformState platform) {
        Random random = new Random(1);
        return new PortPlan(platform, port -> true, () -> FIRST + 100 + random.nextInt(100));
    }
}
