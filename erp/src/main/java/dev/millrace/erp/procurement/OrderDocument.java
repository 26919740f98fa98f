package dev.millrace.erp.procurement;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Directory.EntityCard;
import dev.millrace.engine.Json;
import dev.millrace.engine.Tx;
import dev.millrace.erp.Company;
import dev.millrace.erp.PurchaseOrder;
import dev.millrace.erp.PurchaseOrder.Header;
import dev.millrace.erp.PurchaseOrder.Line;
import dev.millrace.erp.Trail;
import dev.millrace.erp.core.CompanyRows;
import dev.millrace.erp.core.Document;
import dev.millrace.erp.procurement.OrderFactRows.LastPrice;
import dev.millrace.language.Money;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Purchase orders, as approvers see them. Material are the supplier, the currency and its rate, the total, and of each
 * line the item, the quantity, the price and the tax rate; amounts are texts.
 */
public final class OrderDocument implements Document {
    public static final String TYPE = "purchase_order";

    /** Lines that a card shows. */
    private static final int SHOWN_MOST = 20;

    private final Trail trail;
    private final OrderRows rows = new OrderRows();
    private final OrderWriteRows writes = new OrderWriteRows();
    private final OrderFactRows facts = new OrderFactRows();
    private final OrderReader reader = new OrderReader();
    private final CompanyRows companies = new CompanyRows();

    public OrderDocument(Trail trail) {
        this.trail = trail;
    }

    @Override
    public Optional<EntityCard> card(Tx tx, UUID id) {
        return reader.find(tx, id)
                .map(order -> new EntityCard(label(order.header()), shown(tx, order), material(order)));
    }

    /** {@code PO/2026-27/00042 Godavari Logistics}. */
    private static String label(Header header) {
        return header.number() + " " + header.supplierName();
    }

    private static ObjectNode material(PurchaseOrder order) {
        Header header = order.header();
        ObjectNode material = Json.object();
        material.put("supplier", header.supplierCode());
        material.put("currency", header.currency());
        material.put("rate", text(header.rate()));
        material.put("total", text(header.total()));
        ArrayNode lines = material.putArray("lines");
        for (Line line : order.lines()) {
            lines.addObject()
                    .put("line_no", line.lineNo())
                    .put("item", line.itemCode())
                    .put("quantity", text(line.quantity()))
                    .put("unit_price", text(line.unitPrice()))
                    .put("gst_rate", text(line.gstRate()));
        }
        return material;
    }

    private ObjectNode shown(Tx tx, PurchaseOrder order) {
        Header header = order.header();
        List<Line> first = order.lines().stream().limit(SHOWN_MOST).toList();
        ObjectNode shown = Json.object();
        shown.put("entity_type", TYPE);
        shown.put("number", header.number());
        shown.put("party", header.supplierName());
        ArrayNode lines = shown.putArray("lines");
        for (Line line : first) {
            lines.addObject()
                    .put("line_no", line.lineNo())
                    .put("item", line.itemCode())
                    .put("description", line.description())
                    .put("quantity", text(line.quantity()))
                    .put("uqc", line.uqc())
                    .put("unit_price", text(line.unitPrice()))
                    .put("gst_rate", text(line.gstRate()))
                    .put("amount", text(line.amount()));
        }
        shown.put("total", text(header.total()));
        shown.put("currency", header.currency());
        shown.put("amount_base", text(header.amountBase()));
        addFacts(tx, header, first, shown.putArray("facts"));
        return shown;
    }

    private void addFacts(Tx tx, Header header, List<Line> lines, ArrayNode shown) {
        Company company = companies.get(tx);
        if (header.lineCount() > lines.size()) {
            fact(shown, "Lines", header.lineCount() + ", of which the first " + lines.size() + " are shown");
        }
        List<UUID> items = lines.stream().map(Line::itemId).distinct().toList();
        for (LastPrice last : facts.lastPrices(tx, header.id(), items)) {
            fact(
                    shown,
                    "Last price of " + last.item(),
                    Money.price(last.price(), last.currency()) + " on "
                            + LocalDate.ofInstant(last.at(), company.info().timeZone()) + ", " + last.order());
        }
        LocalDate today = company.today(tx.now());
        BigDecimal spent = facts.spent(
                tx,
                header.supplierId(),
                company.fiscalYearStart(today),
                company.info().timeZone());
        fact(
                shown,
                "Approved orders to " + header.supplierName() + " in " + company.fiscalYear(today),
                Money.written(spent, company.info().currency()));
    }

    private static void fact(ArrayNode facts, String label, String value) {
        facts.addObject().put("label", label).put("value", value);
    }

    private static String text(BigDecimal number) {
        return number.toPlainString();
    }

    @Override
    public Optional<ToChange> sentBack(Tx tx, UUID id, String comment) {
        if (rows.hold(tx, id).isEmpty() || !writes.sendBack(tx, id)) {
            return Optional.empty();
        }
        trail.write(
                tx,
                Actor.SYSTEM,
                "purchase_order.returned",
                TYPE,
                id,
                Optional.of("pending_approval"),
                Optional.of("returned"),
                comment);
        return rows.header(tx, id)
                .map(header -> new ToChange(label(header), header.requestedBy(), "/purchase-orders/" + id));
    }
}
