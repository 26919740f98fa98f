package dev.millrace.erp.gst;

import dev.millrace.erp.Customer;
import dev.millrace.erp.SalesInvoice;
import dev.millrace.erp.SalesInvoice.Amounts;
import dev.millrace.erp.SalesInvoice.Line;
import dev.millrace.erp.SalesInvoice.ShipTo;
import dev.millrace.erp.core.TaxSeat;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * What a draft becomes by the rules of the day: kind and place of supply, tax of each line, totals, and whether the portal
 * wants it. Touches nothing.
 *
 * @param lines with their tax
 * @param eInvoice it goes to the portal
 */
record TaxedInvoice(
        SupplyType type,
        String placeOfSupply,
        List<Line> lines,
        Amounts amounts,
        boolean eInvoice,
        boolean eWayBillRequired) {
    TaxedInvoice {
        lines = List.copyOf(lines);
    }

    /** What came of it. */
    sealed interface Taxing {
        record Taxed(TaxedInvoice invoice) implements Taxing {}

        /** @param code one of the action's failures */
        record Refused(String code, String message) implements Taxing {}
    }

    private record Refusal(String code, String message) {}

    static Taxing of(SalesInvoice draft, TaxSeat seat, Customer customer, GstRules rules, InvoiceTerms terms) {
        SupplyType type = SupplyType.of(customer.treatment(), customer.gstin().isPresent(), draft.taxPaid());
        Optional<String> place = PlaceOfSupply.of(supply(type, draft, customer)).filter(rules.states()::containsKey);
        return refusal(draft, seat, customer, place, rules, terms)
                .<Taxing>map(refusal -> new Taxing.Refused(refusal.code(), refusal.message()))
                .orElseGet(() -> new Taxing.Taxed(tax(draft, seat, customer, rules, terms, type, place.orElseThrow())));
    }

    private static PlaceOfSupply.Supply supply(SupplyType type, SalesInvoice draft, Customer customer) {
        return new PlaceOfSupply.Supply(
                type,
                draft.lines().stream().anyMatch(line -> !line.isService()),
                customer.gstin().map(Gstin::new).map(Gstin::state).or(customer::stateCode),
                draft.shipTo().map(ShipTo::stateCode),
                draft.shipTo().flatMap(ShipTo::name).isPresent());
    }

    private static Optional<Refusal> refusal(
            SalesInvoice draft,
            TaxSeat seat,
            Customer customer,
            Optional<String> place,
            GstRules rules,
            InvoiceTerms terms) {
        if (seat.gstin().flatMap(Gstin::of).isEmpty()) {
            return refused("gstin_invalid", "The company has no GSTIN: set it before making a tax invoice");
        }
        if (terms.date().isAfter(terms.today())) {
            return refused(
                    "date_in_future", "Expected a date until today, " + terms.today() + ", but got " + terms.date());
        }
        if (place.isEmpty()) {
            return refused(
                    "place_of_supply_unknown",
                    "Expected a customer with a state of India: give %s %s a state or a GSTIN"
                            .formatted(customer.code(), customer.name()));
        }
        int digits = rules.hsnDigits(seat.turnover(), terms.date());
        return draft.lines().stream()
                .flatMap(line -> refusal(line, digits, rules, terms).stream())
                .findFirst();
    }

    private static Optional<Refusal> refusal(Line line, int digits, GstRules rules, InvoiceTerms terms) {
        String where = "line " + line.lineNo() + " (" + line.description() + ")";
        if (line.hsnSac().isEmpty()) {
            return refused("hsn_missing", "Expected an HSN or SAC code in " + where + ": give it one");
        }
        if (line.hsnSac().length() < digits) {
            return refused(
                    "hsn_too_short",
                    "Expected a code of %d digits in %s but got '%s': the company's turnover asks for it"
                            .formatted(digits, where, line.hsnSac()));
        }
        if (!rules.isRate(line.gstRate(), line.hsnSac(), terms.date())) {
            return refused(
                    "rate_unknown",
                    "Expected a rate that holds on %s for %s in %s but got %s %%"
                            .formatted(
                                    terms.date(),
                                    line.hsnSac(),
                                    where,
                                    line.gstRate().toPlainString()));
        }
        return Optional.empty();
    }

    private static Optional<Refusal> refused(String code, String message) {
        return Optional.of(new Refusal(code, message));
    }

    private static TaxedInvoice tax(
            SalesInvoice draft,
            TaxSeat seat,
            Customer customer,
            GstRules rules,
            InvoiceTerms terms,
            SupplyType type,
            String place) {
        Gstin seller = new Gstin(seat.gstin().orElseThrow());
        List<Line> lines = draft.lines().stream()
                .map(line -> taxed(line, TaxSplit.of(line.taxable(), line.gstRate(), seller.state(), place, type)))
                .toList();
        Amounts amounts = amounts(lines, terms);
        boolean goods = lines.stream().anyMatch(line -> !line.isService());
        return new TaxedInvoice(
                type,
                place,
                lines,
                amounts,
                EInvoicing.isRequired(
                        new EInvoicing.Sale(
                                type,
                                seat.turnover(),
                                seller.text(),
                                customer.gstin(),
                                lines.stream().map(Line::gstRate).toList(),
                                terms.date()),
                        rules),
                EInvoicing.needsWayBill(goods, amounts.total(), terms.date(), rules));
    }

    private static Line taxed(Line line, TaxSplit tax) {
        return new Line(
                line.lineNo(),
                line.itemId(),
                line.description(),
                line.hsnSac(),
                line.isService(),
                line.uqc(),
                line.quantity(),
                line.unitPrice(),
                line.discount(),
                line.taxable(),
                line.gstRate(),
                tax.cgst(),
                tax.sgst(),
                tax.igst());
    }

    private static Amounts amounts(List<Line> lines, InvoiceTerms terms) {
        BigDecimal taxable = lines.stream().map(Line::taxable).reduce(TaxSplit.ZERO, BigDecimal::add);
        TaxSplit tax = lines.stream()
                .map(line -> new TaxSplit(line.cgst(), line.sgst(), line.igst()))
                .reduce(TaxSplit.NONE, TaxSplit::plus);
        BigDecimal charged = terms.reverseCharge() ? taxable : taxable.add(tax.total());
        RoundedTotal total = terms.roundTotal() ? RoundedTotal.toTheRupee(charged) : RoundedTotal.unrounded(charged);
        return new Amounts(
                taxable,
                tax.cgst(),
                tax.sgst(),
                tax.igst(),
                TaxSplit.ZERO,
                total.roundOff(),
                total.total(),
                total.total());
    }
}
