package dev.millrace.erp.sales;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Directory.EntityCard;
import dev.millrace.engine.Json;
import dev.millrace.engine.Tx;
import dev.millrace.erp.Company;
import dev.millrace.erp.Customer;
import dev.millrace.erp.SalesOrder;
import dev.millrace.erp.SalesOrder.Header;
import dev.millrace.erp.SalesOrder.Line;
import dev.millrace.erp.Trail;
import dev.millrace.erp.core.CompanyRows;
import dev.millrace.erp.core.Document;
import dev.millrace.erp.sales.SalesOrderRows.LastPrice;
import dev.millrace.language.Money;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sales orders, as approvers see them. Material are the customer, the currency, the total, and of each line the item, the
 * quantity, the price, the discount and the tax rate; amounts are texts.
 */
public final class SalesOrderDocument implements Document {
    /** Lines that a card shows. */
    private static final int SHOWN_MOST = 20;

    private final Trail trail;
    private final SalesOrderRows rows = new SalesOrderRows();
    private final SalesOrderWriteRows writes = new SalesOrderWriteRows();
    private final SalesOrderReader reader = new SalesOrderReader();
    private final CustomerRows customers = new CustomerRows();
    private final CompanyRows companies = new CompanyRows();

    public SalesOrderDocument(Trail trail) {
        this.trail = trail;
    }

    @Override
    public Optional<EntityCard> card(Tx tx, UUID id) {
        return reader.find(tx, id)
                .map(order -> new EntityCard(label(order.header()), shown(tx, order), material(order)));
    }

    /** {@code SO/2026-27/00042 Sahyadri Retail Ltd}. */
    private static String label(Header header) {
        return header.number() + " " + header.customerName();
    }

    private static ObjectNode material(SalesOrder order) {
        Header header = order.header();
        ObjectNode material = Json.object();
        material.put("customer", header.customerCode());
        material.put("currency", header.currency());
        material.put("total", text(header.total()));
        material.set("lines", lines(order));
        return material;
    }

    /** What matters of each line. */
    static ArrayNode lines(SalesOrder order) {
        ArrayNode lines = Json.object().putArray("lines");
        for (Line line : order.lines()) {
            lines.addObject()
                    .put("line_no", line.lineNo())
                    .put("item", line.itemCode())
                    .put("quantity", text(line.quantity()))
                    .put("unit_price", text(line.unitPrice()))
                    .put("discount_percent", text(line.discountPercent()))
                    .put("gst_rate", text(line.gstRate()));
        }
        return lines;
    }

    private ObjectNode shown(Tx tx, SalesOrder order) {
        Header header = order.header();
        List<Line> first = order.lines().stream().limit(SHOWN_MOST).toList();
        ObjectNode shown = Json.object();
        shown.put("entity_type", SalesOrderEvents.ORDER);
        shown.put("number", header.number());
        shown.put("party", header.customerName());
        ArrayNode lines = shown.putArray("lines");
        for (Line line : first) {
            lines.addObject()
                    .put("line_no", line.lineNo())
                    .put("item", line.itemCode())
                    .put("description", line.description())
                    .put("quantity", text(line.quantity()))
                    .put("uqc", line.uqc())
                    .put("unit_price", text(line.unitPrice()))
                    .put("discount_percent", text(line.discountPercent()))
                    .put("gst_rate", text(line.gstRate()))
                    .put("amount", text(line.amount()));
        }
        shown.put("total", text(header.total()));
        shown.put("currency", header.currency());
        shown.put("amount_base", text(header.amountBase()));
        addFacts(tx, order, first, shown.putArray("facts"));
        return shown;
    }

    private void addFacts(Tx tx, SalesOrder order, List<Line> lines, ArrayNode shown) {
        Header header = order.header();
        Company company = companies.get(tx);
        String currency = company.info().currency();
        if (header.lineCount() > lines.size()) {
            fact(shown, "Lines", header.lineCount() + ", of which the first " + lines.size() + " are shown");
        }
        fact(shown, "Highest discount", text(header.discountPercent()) + " %");
        fact(
                shown,
                "Margin",
                header.marginPercent()
                        .map(margin -> text(margin) + " %")
                        .orElse("not known: nobody knows what all of it costs"));
        List<UUID> items = lines.stream().map(Line::itemId).distinct().toList();
        for (LastPrice last : rows.lastPrices(tx, header.id(), header.customerId(), items)) {
            fact(
                    shown,
                    "Last price of " + last.item() + " for " + header.customerName(),
                    Money.price(last.price(), currency) + " on "
                            + LocalDate.ofInstant(last.at(), company.info().timeZone()) + ", " + last.order());
        }
        Customer customer = customers.byId(tx, header.customerId()).orElseThrow();
        fact(
                shown,
                "Owed and ordered by " + header.customerName(),
                Money.written(customer.exposure(), currency) + " of "
                        + Money.written(customer.creditLimit(), currency));
    }

    private static void fact(ArrayNode facts, String label, String value) {
        facts.addObject().put("label", label).put("value", value);
    }

    private static String text(BigDecimal number) {
        return number.toPlainString();
    }

    @Override
    public Optional<ToChange> sentBack(Tx tx, UUID id, String comment) {
        if (!rows.hold(tx, id) || !writes.sendBack(tx, id)) {
            return Optional.empty();
        }
        trail.write(
                tx,
                Actor.SYSTEM,
                "sales_order.returned",
                SalesOrderEvents.ORDER,
                id,
                Optional.of("pending_approval"),
                Optional.of("returned"),
                comment);
        return rows.header(tx, id)
                .map(header -> new ToChange(label(header), header.requestedBy(), "/sales-orders/" + id));
    }
}
