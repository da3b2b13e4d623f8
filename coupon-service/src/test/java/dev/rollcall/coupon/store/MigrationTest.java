package dev.rollcall.coupon.store;

import dev.rollcall.chassis.testing.Migrations;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class MigrationTest {
    @Test
    void goesOnAfterAProcessThatDiedInAScript() throws SQLException {
        Migrations.assertRepeatable("db/migration/coupon");
    }
}
