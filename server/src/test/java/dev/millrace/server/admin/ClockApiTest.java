package dev.millrace.server.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.server.Api;
import dev.millrace.server.Flow;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class ClockApiTest {
    /** Where the company is, whose days begin there and not at the server's. */
    private static final ZoneId HERE = ZoneId.of("Asia/Kolkata");

    @Test
    void the_days_that_begin_by_moving_the_clock_are_gone_through() {
        Api admin = Api.as(Flow.ADMIN);

        Instant now = Instant.parse(admin.get("/admin/clock").expect(200).at("/now"));
        Instant first = YearMonth.from(now.atZone(HERE))
                .plusMonths(1)
                .atDay(1)
                .atTime(6, 30)
                .atZone(HERE)
                .toInstant();

        admin.post(
                        "/admin/clock/advance",
                        "{\"seconds\": " + Duration.between(now, first).toSeconds() + "}")
                .expect(200);

        // The node's own loop may have been quicker, and is still at it.
        await().untilAsserted(() -> assertThat(
                        admin.get("/events?name=period.ended").expect(200).at("/items/0/name"))
                .isEqualTo("period.ended"));
    }

    @Test
    void a_module_that_is_switched_on_offers_the_templates_that_the_company_lacks() {
        Api admin = Api.as("admin@globex.test");

        assertThat(admin.call("PATCH", "/admin/modules/procurement", "{\"enabled\": true}")
                        .expect(200)
                        .at("/offered/0/name"))
                .isEqualTo("purchase-order-approval");
        assertThat(admin.call("PATCH", "/admin/modules/procurement", "{\"enabled\": false}")
                        .expect(200)
                        .at("/offered/0/name"))
                .isEmpty();
    }
}
