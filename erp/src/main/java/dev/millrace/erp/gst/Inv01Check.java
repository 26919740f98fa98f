package dev.millrace.erp.gst;

import dev.millrace.erp.gst.IrpClient.IrpError;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * What the sandbox checks of a document before it registers it: the schema of INV-01, the parties, and the sums. Numbers
 * are the portal's where they are known, and begin with {@code SBX-} where they are the sandbox's own.
 */
final class Inv01Check {
    private static final Set<String> SUPPLIES = Set.of("B2B", "SEZWP", "SEZWOP", "EXPWP", "EXPWOP", "DEXP");
    private static final Set<String> DOCUMENTS = Set.of("INV", "CRN", "DBN");
    private static final Pattern YES_OR_NO = Pattern.compile("[YN]");
    private static final Pattern STATE = Pattern.compile("[0-9]{2}");
    private static final Pattern HSN = Pattern.compile("[0-9]{4}|[0-9]{6}|[0-9]{8}");
    private static final Pattern GSTIN = Pattern.compile("[0-9]{2}[0-9A-Z]{13}");
    private static final Pattern PIN = Pattern.compile("[1-9][0-9]{5}");

    private final JsonNode document;
    private final LocalDate today;
    private final int linesMost;
    private final List<IrpError> errors = new ArrayList<>();

    private Inv01Check(JsonNode document, LocalDate today, int linesMost) {
        this.document = document;
        this.today = today;
        this.linesMost = linesMost;
    }

    /**
     * Everything that is wrong; the sums are looked at only where the schema holds.
     *
     * @param today in India
     */
    static List<IrpError> errors(JsonNode document, LocalDate today, int linesMost) {
        var check = new Inv01Check(document, today, linesMost);
        check.schema();
        if (check.errors.isEmpty()) {
            check.parties();
            check.errors.addAll(Inv01Sums.errors(document));
        }
        return check.errors;
    }

    private void schema() {
        text("Version", document.path("Version"), Pattern.compile("1\\.1"));
        JsonNode transaction = object("TranDtls");
        text("TranDtls.TaxSch", transaction.path("TaxSch"), Pattern.compile("GST"));
        oneOf("TranDtls.SupTyp", transaction.path("SupTyp"), SUPPLIES);
        optional("TranDtls.RegRev", transaction.path("RegRev"), YES_OR_NO);
        optional("TranDtls.IgstOnIntra", transaction.path("IgstOnIntra"), YES_OR_NO);
        JsonNode details = object("DocDtls");
        oneOf("DocDtls.Typ", details.path("Typ"), DOCUMENTS);
        text("DocDtls.No", details.path("No"), Pattern.compile("[A-Za-z1-9][A-Za-z0-9/-]{0,15}"));
        date(details.path("Dt"));
        party("SellerDtls", object("SellerDtls"), GSTIN);
        JsonNode buyer = object("BuyerDtls");
        party("BuyerDtls", buyer, Pattern.compile(GSTIN.pattern() + "|URP"));
        text("BuyerDtls.Pos", buyer.path("Pos"), STATE);
        items();
        JsonNode totals = object("ValDtls");
        number("ValDtls.AssVal", totals.path("AssVal"), true);
        number("ValDtls.TotInvVal", totals.path("TotInvVal"), true);
        for (String sum : List.of("CgstVal", "SgstVal", "IgstVal", "CesVal", "Discount", "OthChrg", "RndOffAmt")) {
            number("ValDtls." + sum, totals.path(sum), false);
        }
    }

    private void party(String path, JsonNode party, Pattern gstin) {
        text(path + ".Gstin", party.path("Gstin"), gstin);
        text(path + ".LglNm", party.path("LglNm"), Pattern.compile(".{3,100}"));
        text(path + ".Addr1", party.path("Addr1"), Pattern.compile(".{1,100}"));
        text(path + ".Loc", party.path("Loc"), Pattern.compile(".{3,50}"));
        text(path + ".Stcd", party.path("Stcd"), STATE);
        JsonNode pin = party.path("Pin");
        if (!pin.isNumber() || !PIN.matcher(pin.asString()).matches()) {
            schema(path + ".Pin", "a number of six digits", pin);
        }
    }

    private void items() {
        JsonNode items = document.path("ItemList");
        if (!items.isArray() || items.isEmpty() || items.size() > linesMost) {
            schema("ItemList", "1 to " + linesMost + " items", items);
            return;
        }
        var numbers = new HashSet<String>();
        for (int i = 0; i < items.size(); i++) {
            item("ItemList[" + i + "]", items.get(i), numbers);
        }
    }

    private void item(String path, JsonNode item, Set<String> numbers) {
        text(path + ".SlNo", item.path("SlNo"), Pattern.compile("[0-9]{1,6}"));
        if (!numbers.add(item.path("SlNo").asString(""))) {
            schema(path + ".SlNo", "a number that no other item has", item.path("SlNo"));
        }
        text(path + ".IsServc", item.path("IsServc"), YES_OR_NO);
        String hsn = item.path("HsnCd").asString("");
        boolean service = item.path("IsServc").asString("").equals("Y");
        if (!HSN.matcher(hsn).matches() || service != hsn.startsWith("99")) {
            add("2176", "HSN code '" + hsn + "' in " + path + " is not valid for " + (service ? "a service" : "goods"));
        }
        number(path + ".Qty", item.path("Qty"), !service);
        decimals(path + ".Qty", item.path("Qty"), 3);
        decimals(path + ".UnitPrice", item.path("UnitPrice"), 3);
        for (String amount : List.of("UnitPrice", "TotAmt", "AssAmt", "GstRt", "TotItemVal")) {
            number(path + "." + amount, item.path(amount), true);
        }
        for (String amount :
                List.of("Discount", "IgstAmt", "CgstAmt", "SgstAmt", "CesAmt", "CesNonAdvlAmt", "OthChrg")) {
            number(path + "." + amount, item.path(amount), false);
        }
    }

    private void parties() {
        JsonNode seller = document.path("SellerDtls");
        JsonNode buyer = document.path("BuyerDtls");
        String sellerGstin = seller.path("Gstin").asString("");
        String buyerGstin = buyer.path("Gstin").asString("");
        boolean abroad = buyerGstin.equals(Inv01.UNREGISTERED);
        if (!sellerGstin.startsWith(seller.path("Stcd").asString(""))) {
            add("SBX-STATE", "SellerDtls.Stcd is not the state of the seller's GSTIN " + sellerGstin);
        }
        boolean export = document.path("TranDtls").path("SupTyp").asString("").startsWith("EXP");
        if (abroad != export) {
            add("SBX-BUYER", "BuyerDtls.Gstin is URP for exports, and for them alone");
        } else if (!abroad) {
            if (!buyerGstin.startsWith(buyer.path("Stcd").asString(""))) {
                add("SBX-STATE", "BuyerDtls.Stcd is not the state of the buyer's GSTIN " + buyerGstin);
            }
            if (Gstin.of(buyerGstin).isEmpty()) {
                add("3028", "GSTIN " + buyerGstin + " is not known to the portal");
            }
        }
        if (export != buyer.path("Pos").asString("").equals(PlaceOfSupply.OTHER_COUNTRIES)) {
            add("SBX-POS", "BuyerDtls.Pos is 96 for exports, and for them alone");
        }
        if (sellerGstin.equals(buyerGstin)) {
            add("SBX-SAME-GSTIN", "Seller and buyer have the same GSTIN " + sellerGstin);
        }
    }

    private void date(JsonNode value) {
        try {
            LocalDate date = LocalDate.parse(value.asString(""), Inv01.DATE);
            if (date.isAfter(today)) {
                add("SBX-DATE-FUTURE", "DocDtls.Dt " + value.asString("") + " is in the future");
            }
        } catch (DateTimeParseException e) {
            schema("DocDtls.Dt", "a date dd/MM/yyyy", value);
        }
    }

    private JsonNode object(String name) {
        JsonNode value = document.path(name);
        if (!value.isObject()) {
            schema(name, "an object", value);
        }
        return value;
    }

    private void text(String path, JsonNode value, Pattern form) {
        if (!value.isString() || !form.matcher(value.asString()).matches()) {
            schema(path, form.pattern(), value);
        }
    }

    private void optional(String path, JsonNode value, Pattern form) {
        if (!value.isMissingNode()) {
            text(path, value, form);
        }
    }

    private void oneOf(String path, JsonNode value, Set<String> allowed) {
        if (!allowed.contains(value.asString(""))) {
            schema(path, "one of " + allowed.stream().sorted().toList(), value);
        }
    }

    private void number(String path, JsonNode value, boolean required) {
        if (value.isMissingNode() ? required : !value.isNumber()) {
            schema(path, "a number", value);
        }
    }

    private void decimals(String path, JsonNode value, int most) {
        if (value.isNumber() && value.decimalValue().stripTrailingZeros().scale() > most) {
            schema(path, "at most " + most + " decimals", value);
        }
    }

    private void schema(String path, String expected, JsonNode value) {
        String found = value.isMissingNode() ? "nothing" : value.isArray() ? value.size() + " items" : value.toString();
        add("2140", "Expected " + expected + " at " + path + " but got " + found);
    }

    private void add(String code, String message) {
        errors.add(new IrpError(code, message));
    }

    static BigDecimal amount(JsonNode owner, String field) {
        JsonNode value = owner.path(field);
        return value.isNumber() ? value.decimalValue() : BigDecimal.ZERO;
    }
}
