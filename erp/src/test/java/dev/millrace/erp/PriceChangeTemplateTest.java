package dev.millrace.erp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.engine.ExecutionView;
import dev.millrace.erp.PriceChange.Status;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The template {@code price-change-approval} on the real engine, over each of its branches: paint costs 4,150. */
class PriceChangeTemplateTest {
    private static final SalesCounter COUNTER = new SalesCounter("price-change-approval");

    @AfterAll
    static void close() {
        COUNTER.close();
    }

    @BeforeEach
    void sold() {
        COUNTER.sql("update items set sales_price = 6000 where tenant_id = :tenant and id = :id", item().id());
    }

    @Test
    void a_small_change_with_a_good_margin_is_applied_at_once() {
        UUID change = request("6180");

        awaitStatus(change, Status.APPLIED);

        assertThat(COUNTER.finished("id", change).outcome()).contains("succeeded");
        assertThat(price()).isEqualTo("6180.00");
        assertThat(COUNTER.pending(change, "Sales Head")).isEmpty();
    }

    @Test
    void a_larger_change_waits_for_the_sales_head() {
        UUID change = request("7000");
        assertThat(COUNTER.acme.awaitRequest(change, "Sales Head").shown()).isPresent();
        assertThat(price()).isEqualTo("6000.00");

        COUNTER.decide(change, "Sales Head", "sales.head", true, "fine");

        awaitStatus(change, Status.APPLIED);
        assertThat(price()).isEqualTo("7000.00");
        assertThat(COUNTER.finished("id", change).outcome()).contains("succeeded");
    }

    @Test
    void a_thin_margin_needs_the_finance_head_as_well() {
        UUID change = request("4500");

        COUNTER.decide(change, "Sales Head", "sales.head", true, "to get rid of it");
        assertThat(COUNTER.acme.awaitRequest(change, "Finance Head").message())
                .contains("Margin of PNT-SYN-20L falls to 7.78 %");
        COUNTER.decide(change, "Finance Head", "finance.head", true, "well");

        awaitStatus(change, Status.APPLIED);
        assertThat(price()).isEqualTo("4500.00");
    }

    @Test
    void what_the_sales_head_refuses_is_refused() {
        UUID change = request("7100");

        COUNTER.decide(change, "Sales Head", "sales.head", false, "nobody pays that");

        assertRefused(change, "Rejected by Farah Khan: nobody pays that");
        assertThat(COUNTER.pending(change, "Finance Head")).isEmpty();
    }

    @Test
    void what_the_cfo_refuses_in_place_of_either_is_refused() {
        UUID bySales = request("7200");
        COUNTER.acme.awaitRequest(bySales, "Sales Head");
        COUNTER.acme.engine.clock().advance(Duration.ofHours(49));
        COUNTER.decide(bySales, "CFO", "cfo", false, "not now");
        assertRefused(bySales, "Rejected by Arjun Rao: not now");

        UUID byFinance = request("4410");
        COUNTER.decide(byFinance, "Sales Head", "sales.head", true, "fine");
        COUNTER.acme.awaitRequest(byFinance, "Finance Head");
        COUNTER.acme.engine.clock().advance(Duration.ofHours(49));
        COUNTER.decide(byFinance, "CFO", "cfo", false, "too thin");
        assertRefused(byFinance, "Rejected by Arjun Rao: too thin");
    }

    @Test
    void what_nobody_ever_answers_for_is_refused() {
        UUID bySales = request("7300");
        COUNTER.acme.awaitRequest(bySales, "Sales Head");
        COUNTER.acme.engine.clock().advance(Duration.ofHours(49));
        COUNTER.acme.awaitRequest(bySales, "CFO");
        COUNTER.acme.engine.clock().advance(Duration.ofDays(31));
        assertRefused(bySales, "Nobody decided within 33 days");

        UUID byFinance = request("4420");
        COUNTER.decide(byFinance, "Sales Head", "sales.head", true, "fine");
        COUNTER.acme.awaitRequest(byFinance, "Finance Head");
        COUNTER.acme.engine.clock().advance(Duration.ofHours(49));
        COUNTER.acme.awaitRequest(byFinance, "CFO");
        COUNTER.acme.engine.clock().advance(Duration.ofDays(31));
        assertRefused(byFinance, "Nobody decided within 33 days");
    }

    @Test
    void a_small_change_with_a_thin_margin_needs_both() {
        COUNTER.sql("update items set sales_price = 4600 where tenant_id = :tenant and id = :id", item().id());
        UUID change = request("4610");

        COUNTER.decide(change, "Sales Head", "sales.head", true, "fine");
        assertThat(price()).isEqualTo("4600.00");
        COUNTER.decide(change, "Finance Head", "finance.head", true, "fine");

        awaitStatus(change, Status.APPLIED);
        assertThat(price()).isEqualTo("4610.00");
    }

    @Test
    void of_what_nobody_knows_the_cost_a_small_change_is_applied_and_a_larger_one_needs_the_sales_head_alone() {
        sell("SRV-FREIGHT", "100");

        UUID small = request("SRV-FREIGHT", "102");
        awaitStatus(small, Status.APPLIED);
        assertThat(get(small).marginPercent()).isEmpty();
        UUID large = request("SRV-FREIGHT", "150");
        COUNTER.decide(large, "Sales Head", "sales.head", true, "fine");

        awaitStatus(large, Status.APPLIED);
        assertThat(COUNTER.finished("id", large).outcome()).contains("succeeded");
        assertThat(COUNTER.pending(large, "Finance Head")).isEmpty();
    }

    private static void sell(String code, String price) {
        COUNTER.sql(
                "update items set sales_price = " + price
                        + ", standard_cost = 0 where tenant_id = :tenant and id = :id",
                item(code).id());
    }

    private static void assertRefused(UUID change, String why) {
        awaitStatus(change, Status.REFUSED);
        ExecutionView execution = COUNTER.finished("id", change);
        assertThat(execution.outcome()).contains("stopped");
        assertThat(new Course(COUNTER.acme).stopReason(execution)).isEqualTo("price change refused");
        assertThat(get(change).decideReason()).contains(why);
        assertThat(price()).isEqualTo("6000.00");
    }

    @Test
    void what_the_finance_head_refuses_is_refused() {
        UUID change = request("4400");
        COUNTER.decide(change, "Sales Head", "sales.head", true, "fine");

        COUNTER.decide(change, "Finance Head", "finance.head", false, "we lose money");

        assertRefused(change, "Rejected by Meera Iyer: we lose money");
    }

    @Test
    void after_two_days_the_cfo_is_asked() {
        UUID change = request("4600");
        COUNTER.acme.awaitRequest(change, "Sales Head");

        COUNTER.acme.engine.clock().advance(Duration.ofHours(49));
        COUNTER.decide(change, "CFO", "cfo", true, "fine");
        COUNTER.decide(change, "Finance Head", "finance.head", true, "fine");

        awaitStatus(change, Status.APPLIED);
        UUID other = request("4700");
        COUNTER.decide(other, "Sales Head", "sales.head", true, "fine");
        COUNTER.acme.awaitRequest(other, "Finance Head");
        COUNTER.acme.engine.clock().advance(Duration.ofHours(49));
        COUNTER.decide(other, "CFO", "cfo", true, "fine");
        awaitStatus(other, Status.APPLIED);
    }

    private static Item item() {
        return item("PNT-SYN-20L");
    }

    private static Item item(String code) {
        return COUNTER.acme.run(tx -> COUNTER.acme.erp.masters().items(tx, "", 500)).stream()
                .filter(item -> item.code().equals(code))
                .findFirst()
                .orElseThrow();
    }

    private static String price() {
        return item().salesPrice().orElseThrow().toPlainString();
    }

    private static UUID request(String price) {
        return request("PNT-SYN-20L", price);
    }

    private static UUID request(String code, String price) {
        PriceRequest request = COUNTER.acme.run(tx -> COUNTER.prices.request(
                tx,
                new NewPriceChange(
                        Optional.empty(), Optional.of(code), new BigDecimal(price), Optional.empty(), Optional.empty()),
                COUNTER.seller()));
        assertThat(request).isInstanceOf(PriceRequest.Requested.class);
        var requested = (PriceRequest.Requested) request;
        assertThat(requested.executions()).hasSize(1);
        return requested.change().id();
    }

    private static PriceChange get(UUID change) {
        return COUNTER.acme.run(tx -> COUNTER.prices.get(tx, change)).orElseThrow();
    }

    private static void awaitStatus(UUID change, Status status) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(get(change).status()).isEqualTo(status));
    }
}
