package dev.millrace.erp.gst;

import dev.millrace.engine.Json;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/** A document that the portal takes: 333 pieces at 15.35 within Maharashtra, taxed at 18 percent. */
final class Samples {
    static final String SELLER = "27AAPFU0939F1ZV";
    static final String BUYER = "27ZZACM0001A1ZH";

    private Samples() {}

    static ObjectNode invoice(String number, String date) {
        return Json.readObject("""
                {
                  "Version": "1.1",
                  "TranDtls": { "TaxSch": "GST", "SupTyp": "B2B", "RegRev": "N" },
                  "DocDtls": { "Typ": "INV", "No": "%s", "Dt": "%s" },
                  "SellerDtls": { "Gstin": "%s", "LglNm": "Seller Limited", "Addr1": "Plot 1", "Loc": "Pune",
                                  "Pin": 411019, "Stcd": "27" },
                  "BuyerDtls": { "Gstin": "%s", "LglNm": "Buyer Limited", "Pos": "27", "Addr1": "Plot 2",
                                 "Loc": "Mumbai", "Pin": 400001, "Stcd": "27" },
                  "ItemList": [
                    { "SlNo": "1", "PrdDesc": "Bolts", "IsServc": "N", "HsnCd": "73181500", "Qty": 333, "Unit": "NOS",
                      "UnitPrice": 15.35, "TotAmt": 5111.55, "Discount": 0, "AssAmt": 5111.55, "GstRt": 18,
                      "IgstAmt": 0, "CgstAmt": 460.04, "SgstAmt": 460.04, "TotItemVal": 6031.63 }
                  ],
                  "ValDtls": { "AssVal": 5111.55, "CgstVal": 460.04, "SgstVal": 460.04, "IgstVal": 0,
                               "RndOffAmt": 0.37, "TotInvVal": 6032.00 }
                }
                """.formatted(number, date, SELLER, BUYER));
    }

    /** The same, with something changed. */
    static ObjectNode invoice(String number, String date, Consumer<ObjectNode> change) {
        ObjectNode document = invoice(number, date);
        change.accept(document);
        return document;
    }
}
