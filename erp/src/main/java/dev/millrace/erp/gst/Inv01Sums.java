package dev.millrace.erp.gst;

import static dev.millrace.erp.gst.Inv01Check.amount;

import dev.millrace.erp.gst.IrpClient.IrpError;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * The arithmetic of INV-01, to one rupee; what is left of an amount after a discount is exact. The amount of a line need
 * not be quantity times price: real debit notes are registered where it is not.
 */
final class Inv01Sums {
    private static final BigDecimal RUPEE = BigDecimal.ONE;
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final BigDecimal TWO_HUNDRED = BigDecimal.valueOf(200);

    private final JsonNode document;
    private final JsonNode totals;
    private final List<IrpError> errors = new ArrayList<>();

    private Inv01Sums(JsonNode document) {
        this.document = document;
        this.totals = document.path("ValDtls");
    }

    static List<IrpError> errors(JsonNode document) {
        var sums = new Inv01Sums(document);
        document.path("ItemList").forEach(sums::item);
        sums.totals();
        return sums.errors;
    }

    private boolean countsAsBetweenStates() {
        String type = document.path("TranDtls").path("SupTyp").asString("");
        return type.startsWith("SEZ") || type.startsWith("EXP");
    }

    private boolean isWithinState() {
        return document.path("SellerDtls")
                .path("Stcd")
                .asString("")
                .equals(document.path("BuyerDtls").path("Pos").asString(""));
    }

    private void item(JsonNode item) {
        String where = " in item " + item.path("SlNo").asString("");
        BigDecimal assessed = amount(item, "AssAmt");
        if (assessed.compareTo(amount(item, "TotAmt").subtract(amount(item, "Discount"))) != 0) {
            add("2193", "AssAmt is not TotAmt less Discount" + where);
        }
        boolean igstWithin =
                document.path("TranDtls").path("IgstOnIntra").asString("N").equals("Y");
        boolean between = countsAsBetweenStates() || !isWithinState() || igstWithin;
        BigDecimal igst = amount(item, "IgstAmt");
        BigDecimal cgst = amount(item, "CgstAmt");
        BigDecimal sgst = amount(item, "SgstAmt");
        if (!between && igst.signum() != 0) {
            add("2172", "IGST on a supply within the state" + where);
        } else if (between && (cgst.signum() != 0 || sgst.signum() != 0)) {
            add("SBX-CGST-INTER", "CGST and SGST on a supply between states" + where);
        } else {
            taxes(item, where, between, assessed);
        }
        BigDecimal total = assessed.add(igst)
                .add(cgst)
                .add(sgst)
                .add(amount(item, "CesAmt"))
                .add(amount(item, "CesNonAdvlAmt"))
                .add(amount(item, "OthChrg"));
        if (differ(amount(item, "TotItemVal"), total)) {
            add("SBX-ITEM-TOTAL", "TotItemVal is not the amount with its taxes, " + total.toPlainString() + where);
        }
    }

    private void taxes(JsonNode item, String where, boolean between, BigDecimal assessed) {
        BigDecimal rate = amount(item, "GstRt");
        BigDecimal whole = assessed.multiply(rate).divide(HUNDRED, 2, RoundingMode.HALF_UP);
        BigDecimal half = assessed.multiply(rate).divide(TWO_HUNDRED, 2, RoundingMode.HALF_UP);
        boolean wrong = between
                ? differ(amount(item, "IgstAmt"), whole)
                : differ(amount(item, "CgstAmt"), half) || differ(amount(item, "SgstAmt"), half);
        if (wrong) {
            add("SBX-TAX", "The tax is not " + rate.toPlainString() + " % of AssAmt" + where);
        }
    }

    private void totals() {
        if (differ(amount(totals, "AssVal"), sum("AssAmt"))) {
            add(
                    "2182",
                    "ValDtls.AssVal is not the sum of AssAmt, " + sum("AssAmt").toPlainString());
        }
        same("CgstVal", "CgstAmt");
        same("SgstVal", "SgstAmt");
        same("IgstVal", "IgstAmt");
        if (differ(amount(totals, "CesVal"), sum("CesAmt").add(sum("CesNonAdvlAmt")))) {
            add("SBX-SUM", "ValDtls.CesVal is not the sum of the items' cess");
        }
        BigDecimal total = sum("TotItemVal")
                .add(amount(totals, "OthChrg"))
                .subtract(amount(totals, "Discount"))
                .add(amount(totals, "RndOffAmt"));
        if (differ(amount(totals, "TotInvVal"), total)) {
            add("2189", "ValDtls.TotInvVal is not what the items come to, " + total.toPlainString());
        }
    }

    private void same(String total, String part) {
        if (differ(amount(totals, total), sum(part))) {
            add("SBX-SUM", "ValDtls." + total + " is not the sum of " + part);
        }
    }

    private BigDecimal sum(String field) {
        BigDecimal sum = BigDecimal.ZERO;
        for (JsonNode item : document.path("ItemList")) {
            sum = sum.add(amount(item, field));
        }
        return sum;
    }

    private static boolean differ(BigDecimal one, BigDecimal other) {
        return one.subtract(other).abs().compareTo(RUPEE) > 0;
    }

    private void add(String code, String message) {
        errors.add(new IrpError(code, message));
    }
}
