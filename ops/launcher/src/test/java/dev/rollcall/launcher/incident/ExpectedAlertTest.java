package dev.rollcall.launcher.incident;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExpectedAlertTest {

    private static final String ID = "order-service-127.0.0.1-8081";

    private final ExpectedAlert ofOne = new ExpectedAlert("TargetDown", "order-service", Optional.of(ID));
    private final ExpectedAlert ofAll = ExpectedAlert.of("CouponAbuse", "coupon-service");

    @Test
    void isTheAlertOfItsInstanceOnly() {
        assertThat(ofOne.isIn(Map.of("alertname", "TargetDown", "job", "order-service", "instance", ID)))
                .isTrue();
        assertThat(ofOne.isIn(Map.of("alertname", "TargetDown", "job", "order-service", "instance", "other")))
                .isFalse();
        assertThat(ofOne.isIn(Map.of("alertname", "TargetDown", "job", "order-service")))
                .isFalse();
    }

    @Test
    void isTheAlertOfItsServiceWhateverElseItSays() {
        assertThat(ofAll.isIn(Map.of("alertname", "CouponAbuse", "job", "coupon-service", "result", "unknown")))
                .isTrue();
        assertThat(ofAll.isIn(Map.of("alertname", "CouponAbuse", "job", "order-service")))
                .isFalse();
        assertThat(ofAll.isIn(Map.of("alertname", "TargetDown", "job", "coupon-service")))
                .isFalse();
    }

    @Test
    void isInAMessageOfItsStatusOnly() {
        assertThat(ofOne.isIn("[FIRING] TargetDown: " + ID, "firing")).isTrue();
        assertThat(ofOne.isIn("[FIRING] TargetDown: " + ID, "resolved")).isFalse();
        assertThat(ofOne.isIn("[FIRING] TargetDown: order-service-127.0.0.1-9", "firing"))
                .isFalse();
        assertThat(ofAll.isIn("CouponAbuse firing: somebody tries coupons", "firing"))
                .isTrue();
        assertThat(ofAll.isNamedIn("CouponAbuse firing: somebody tries coupons"))
                .isFalse();
        assertThat(ofAll.isNamedIn("coupon-service: CouponAbuse")).isTrue();
    }
}
