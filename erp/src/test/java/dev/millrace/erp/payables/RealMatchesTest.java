package dev.millrace.erp.payables;

import dev.millrace.erp.MatchTolerances;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.Json;
import dev.millrace.erp.MatchResult;
import dev.millrace.erp.MatchResult.Mode;
import dev.millrace.erp.PurchaseOrder.Status;
import dev.millrace.erp.payables.MatchFacts.Invoice;
import dev.millrace.erp.payables.MatchFacts.Line;
import dev.millrace.erp.payables.MatchFacts.Order;
import dev.millrace.erp.payables.MatchFacts.OrderLine;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The 425 invoices of 148 real orders, in their real order, against what a second implementation of the rules says. */
class RealMatchesTest {
    private static final long TWIN_DAYS = 7;

    /** An invoice that came in. */
    private static final class Arrived {
        private final String number;
        private final LocalDate date;
        private final BigDecimal total;
        private final BigDecimal quantity;
        private final int line;
        private boolean lives = true;

        Arrived(String number, LocalDate date, BigDecimal total, BigDecimal quantity, int line) {
            this.number = number;
            this.date = date;
            this.total = total;
            this.quantity = quantity;
            this.line = line;
        }
    }

    private int compared;

    @Test
    void every_real_invoice_comes_out_as_expected() throws Exception {
        try (var in = Objects.requireNonNull(getClass().getResourceAsStream("/demo/scenarios.jsonl"))) {
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(Json::read)
                    .forEach(this::replay);
        }

        assertThat(compared).isEqualTo(425);
    }

    private void replay(JsonNode scenario) {
        var received = new HashMap<Integer, BigDecimal>();
        var arrived = new ArrayList<Arrived>();
        for (JsonNode step : scenario.get("steps")) {
            int line = step.get("line_no").asInt();
            switch (step.get("event").asString()) {
                case "goods_receipt.posted" -> received.merge(line, decimal(step, "quantity"), BigDecimal::add);
                case "goods_receipt.reversed" ->
                    received.merge(line, decimal(step, "quantity").negate(), BigDecimal::add);
                case "supplier_invoice.cancelled" -> cancel(arrived, line, decimal(step, "quantity"));
                case "supplier_invoice.received" -> compare(scenario, step, received, arrived);
                default -> {
                    // Payments, and what the log tells beside.
                }
            }
        }
    }

    /** The log does not say which one: the latest of the line with this quantity. */
    private static void cancel(List<Arrived> arrived, int line, BigDecimal quantity) {
        arrived.reversed().stream()
                .filter(invoice -> invoice.lives && invoice.line == line && invoice.quantity.compareTo(quantity) == 0)
                .findFirst()
                .ifPresent(invoice -> invoice.lives = false);
    }

    private void compare(JsonNode scenario, JsonNode step, Map<Integer, BigDecimal> received, List<Arrived> arrived) {
        int lineNo = step.get("line_no").asInt();
        String number = step.get("invoice_number").asString();
        LocalDate date = LocalDate.ofInstant(Instant.parse(step.get("at").asString()), ZoneOffset.UTC);
        BigDecimal total = decimal(step, "total_amount");
        BigDecimal quantity = decimal(step, "quantity");
        BigDecimal before = arrived.stream()
                .filter(invoice -> invoice.lives && invoice.line == lineNo)
                .map(invoice -> invoice.quantity)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        Optional<String> duplicateOf = arrived.stream()
                .filter(invoice -> invoice.lives && normalised(invoice.number).equals(normalised(number)))
                .map(invoice -> invoice.number)
                .findFirst();
        boolean twin = arrived.stream()
                .anyMatch(invoice -> invoice.total.compareTo(total) == 0
                        && Duration.between(invoice.date.atStartOfDay(), date.atStartOfDay())
                                        .abs()
                                        .toDays()
                                <= TWIN_DAYS);
        OrderLine ordered = ordered(scenario, lineNo, received.getOrDefault(lineNo, BigDecimal.ZERO), before);
        MatchResult result =
                ThreeWayMatch.match(facts(scenario, step, ordered, total, duplicateOf, twin), MatchTolerances.USUAL);

        JsonNode expected = step.get("expected");
        var codes = new ArrayList<String>();
        expected.get("codes").forEach(code -> codes.add(code.asString()));
        assertThat(result.codes()).as(number + " " + result.summary()).isEqualTo(codes);
        assertThat(result.outcome().name().toLowerCase(Locale.ROOT))
                .isEqualTo(expected.get("outcome").asString());
        assertThat(result.decision().name().toLowerCase(Locale.ROOT))
                .isEqualTo(expected.get("decision").asString());
        compared++;
        if (duplicateOf.isEmpty()) {
            arrived.add(new Arrived(number, date, total, quantity, lineNo));
        }
    }

    private static MatchFacts facts(
            JsonNode scenario,
            JsonNode step,
            OrderLine ordered,
            BigDecimal total,
            Optional<String> duplicateOf,
            boolean twin) {
        BigDecimal quantity = decimal(step, "quantity");
        BigDecimal price = decimal(step, "unit_price");
        var line = new Line(
                1,
                Optional.of(ordered),
                quantity,
                price,
                LineFigures.money(quantity.multiply(price)),
                ordered.gstRate(),
                new Taxes(decimal(step, "cgst"), decimal(step, "sgst"), decimal(step, "igst")));
        Taxes.Kind kind = scenario.get("place_of_supply").equals(scenario.get("supplier_state"))
                ? Taxes.Kind.HALVES
                : Taxes.Kind.UNDIVIDED;
        return new MatchFacts(
                new Invoice(
                        Cases.SUPPLIER,
                        "INR",
                        BigDecimal.ONE,
                        BigDecimal.ZERO,
                        BigDecimal.ZERO,
                        total,
                        kind,
                        List.of(line)),
                Optional.of(new Order(Cases.SUPPLIER, "INR", Status.APPROVED)),
                duplicateOf,
                twin,
                List.of());
    }

    private static OrderLine ordered(JsonNode scenario, int lineNo, BigDecimal received, BigDecimal before) {
        for (JsonNode line : scenario.get("lines")) {
            if (line.get("line_no").asInt() == lineNo) {
                return new OrderLine(
                        new UUID(2, lineNo),
                        line.get("item_code").asString(),
                        Mode.valueOf(line.get("mode").asString().toUpperCase(Locale.ROOT)),
                        decimal(line, "quantity"),
                        received,
                        before,
                        decimal(line, "unit_price"),
                        decimal(line, "gst_rate"));
            }
        }
        throw new AssertionError("no line " + lineNo);
    }

    private static String normalised(String number) {
        return number.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "").replaceAll("^0+", "");
    }

    private static BigDecimal decimal(JsonNode node, String field) {
        return new BigDecimal(node.get(field).asString());
    }
}
