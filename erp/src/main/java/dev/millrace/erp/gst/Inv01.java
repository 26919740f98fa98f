package dev.millrace.erp.gst;

import dev.millrace.engine.Json;
import dev.millrace.erp.Customer;
import dev.millrace.erp.SalesInvoice;
import dev.millrace.erp.SalesInvoice.Amounts;
import dev.millrace.erp.SalesInvoice.Line;
import dev.millrace.erp.SalesInvoice.Made;
import dev.millrace.erp.SalesInvoice.ShipTo;
import dev.millrace.erp.core.TaxSeat;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * An invoice as the portal takes it: INV-01, version 1.1. Source: the schema as GSTN publishes it; names and their order
 * are its own.
 */
final class Inv01 {
    static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("dd/MM/uuuu").withResolverStyle(ResolverStyle.STRICT);
    static final String UNREGISTERED = "URP";
    static final int ABROAD_PIN = 999_999;

    private static final int UNIT_PRICE_DECIMALS = 3;

    private Inv01() {}

    /** Of an invoice that has been made. */
    static ObjectNode of(SalesInvoice invoice, TaxSeat seat, Customer customer) {
        Made made = invoice.made().orElseThrow();
        ObjectNode root = Json.object();
        root.put("Version", "1.1");
        root.putObject("TranDtls")
                .put("TaxSch", "GST")
                .put("SupTyp", made.supplyType())
                .put("RegRev", made.reverseCharge() ? "Y" : "N");
        root.putObject("DocDtls")
                .put("Typ", DocumentType.INV.name())
                .put("No", made.number())
                .put("Dt", DATE.format(made.date()));
        seller(root.putObject("SellerDtls"), seat);
        buyer(root.putObject("BuyerDtls"), customer, made);
        invoice.shipTo().ifPresent(to -> shipTo(root.putObject("ShipDtls"), to, made));
        var items = root.putArray("ItemList");
        boolean taxed = SupplyType.valueOf(made.supplyType()).isTaxed();
        invoice.lines().forEach(line -> item(items.addObject(), line, taxed));
        totals(root.putObject("ValDtls"), invoice.amounts(), invoice);
        return root;
    }

    private static void seller(ObjectNode seller, TaxSeat seat) {
        Gstin gstin = new Gstin(seat.gstin().orElseThrow());
        seller.put("Gstin", gstin.text()).put("LglNm", seat.legalName());
        address(seller, seat.addressLine1(), seat.city(), seat.pin(), gstin.state());
    }

    private static void buyer(ObjectNode buyer, Customer customer, Made made) {
        boolean export = SupplyType.valueOf(made.supplyType()).isExport();
        buyer.put("Gstin", customer.gstin().orElse(UNREGISTERED))
                .put("LglNm", customer.name())
                .put("Pos", made.placeOfSupply());
        String state = customer.gstin()
                .map(Gstin::new)
                .map(Gstin::state)
                .or(customer::stateCode)
                .filter(known -> !export)
                .orElse(PlaceOfSupply.OTHER_COUNTRIES);
        address(
                buyer,
                customer.addressLine1(),
                customer.city(),
                export ? Optional.of(Integer.toString(ABROAD_PIN)) : customer.pin(),
                state);
    }

    private static void shipTo(ObjectNode ship, ShipTo to, Made made) {
        to.gstin().ifPresent(gstin -> ship.put("Gstin", gstin));
        ship.put("LglNm", to.name().orElse(made.customerName()));
        address(ship, Optional.of(to.addressLine1()), Optional.of(to.city()), Optional.of(to.pin()), to.stateCode());
    }

    /** Where the first line of an address is not known the place stands for it: the schema wants one. */
    private static void address(
            ObjectNode party, Optional<String> line, Optional<String> city, Optional<String> pin, String state) {
        line.or(() -> city).ifPresent(text -> party.put("Addr1", text));
        city.ifPresent(text -> party.put("Loc", text));
        pin.filter(text -> text.matches("[1-9][0-9]{5}")).ifPresent(text -> party.put("Pin", Integer.parseInt(text)));
        party.put("Stcd", state);
    }

    /** Without tax the rate is none either: the portal multiplies. */
    private static void item(ObjectNode item, Line line, boolean taxed) {
        BigDecimal tax = line.cgst().add(line.sgst()).add(line.igst());
        item.put("SlNo", Integer.toString(line.lineNo()))
                .put("PrdDesc", line.description())
                .put("IsServc", line.isService() ? "Y" : "N")
                .put("HsnCd", line.hsnSac())
                .put("Qty", line.quantity())
                .put("Unit", line.uqc())
                .put("UnitPrice", line.unitPrice().setScale(UNIT_PRICE_DECIMALS, RoundingMode.HALF_UP))
                .put("TotAmt", line.taxable().add(line.discount()))
                .put("Discount", line.discount())
                .put("AssAmt", line.taxable())
                .put("GstRt", taxed ? line.gstRate() : BigDecimal.ZERO)
                .put("IgstAmt", line.igst())
                .put("CgstAmt", line.cgst())
                .put("SgstAmt", line.sgst())
                .put("TotItemVal", line.taxable().add(tax));
    }

    /** The portal adds the tax up also where the buyer pays it to the state himself. */
    private static void totals(ObjectNode totals, Amounts amounts, SalesInvoice invoice) {
        BigDecimal shown = invoice.lines().stream()
                .map(line -> line.taxable().add(line.cgst()).add(line.sgst()).add(line.igst()))
                .reduce(amounts.roundOff(), BigDecimal::add);
        totals.put("AssVal", amounts.taxable())
                .put("CgstVal", amounts.cgst())
                .put("SgstVal", amounts.sgst())
                .put("IgstVal", amounts.igst())
                .put("RndOffAmt", amounts.roundOff())
                .put("TotInvVal", shown);
    }
}
