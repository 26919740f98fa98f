package dev.millrace.erp.gst;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.Json;
import dev.millrace.erp.gst.IrpClient.IrpError;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class Inv01CheckTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 30);

    @Test
    void a_sound_document_passes() {
        assertThat(errors(document())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // where                  | what instead         | the code
                "Version                  | \"1.03\"             | 2140",
                "TranDtls.TaxSch          | \"VAT\"              | 2140",
                "TranDtls.SupTyp          | \"B2C\"              | 2140",
                "TranDtls.RegRev          | \"yes\"              | 2140",
                "DocDtls.Typ              | \"BIL\"              | 2140",
                "DocDtls.No               | \"0001\"             | 2140",
                "DocDtls.No               | \"/A1\"              | 2140",
                "DocDtls.No               | \"INV/2026-27/00001\"| 2140",
                "DocDtls.Dt               | \"2026-11-30\"       | 2140",
                "DocDtls.Dt               | \"31/02/2026\"       | 2140",
                "DocDtls.Dt               | \"01/12/2026\"       | SBX-DATE-FUTURE",
                "SellerDtls.Gstin         | \"27\"               | 2140",
                "SellerDtls.LglNm         | \"AB\"               | 2140",
                "SellerDtls.Loc           | \"P\"                | 2140",
                "SellerDtls.Pin           | \"411019\"           | 2140",
                "SellerDtls.Pin           | 4110                 | 2140",
                "SellerDtls.Stcd          | \"24\"               | SBX-STATE",
                "BuyerDtls.Addr1          | null                 | 2140",
                "BuyerDtls.Stcd           | \"24\"               | SBX-STATE",
                "BuyerDtls.Pos            | \"96\"               | SBX-POS",
                "BuyerDtls.Gstin          | \"URP\"              | SBX-BUYER",
                "BuyerDtls.Gstin          | \"27ZZACM0001A1ZX\"  | 3028",
                "BuyerDtls.Gstin          | \"27AAPFU0939F1ZV\"  | SBX-SAME-GSTIN",
                "ItemList                 | []                   | 2140",
                "ItemList.0.IsServc       | \"Y\"                | 2176",
                "ItemList.0.HsnCd         | \"99651\"            | 2176",
                "ItemList.0.HsnCd         | \"996511\"           | 2176",
                "ItemList.0.Qty           | null                 | 2140",
                "ItemList.0.Qty           | 333.0001             | 2140",
                "ItemList.0.UnitPrice     | 15.3501              | 2140",
                "ItemList.0.AssAmt        | 5111.54              | 2193",
                "ItemList.0.Discount      | 1.00                 | 2193",
                "ItemList.0.CgstAmt       | 462.04               | SBX-TAX",
                "ItemList.0.GstRt         | 12                   | SBX-TAX",
                "ItemList.0.IgstAmt       | 920.08               | 2172",
                "ItemList.0.TotItemVal    | 6033.63              | SBX-ITEM-TOTAL",
                "ValDtls.AssVal           | 5113.55              | 2182",
                "ValDtls.CgstVal          | 462.04               | SBX-SUM",
                "ValDtls.TotInvVal        | 6034.00              | 2189",
                "ValDtls.TotInvVal        | null                 | 2140"
            })
    void what_is_wrong_has_its_code(String path, String value, String code) {
        ObjectNode document = document();
        set(document, path, Json.read(value));

        assertThat(errors(document)).extracting(IrpError::code).contains(code);
    }

    @ParameterizedTest
    @CsvSource({"AssVal, 5112.55", "TotInvVal, 6033.00", "CgstVal, 461.04"})
    void sums_may_be_one_rupee_off(String total, String value) {
        ObjectNode document = document();
        set(document, "ValDtls." + total, Json.read(value));

        assertThat(errors(document)).isEmpty();
    }

    @Test
    void two_items_of_one_number_and_too_many_items_are_refused() {
        ObjectNode twice = document();
        ArrayNode items = (ArrayNode) twice.get("ItemList");
        items.add(items.get(0).deepCopy());

        assertThat(errors(twice)).extracting(IrpError::code).contains("2140");
        assertThat(Inv01Check.errors(twice, TODAY, 1))
                .extracting(IrpError::message)
                .contains("Expected 1 to 1 items at ItemList but got 2 items");
    }

    @Test
    void a_supply_to_another_state_carries_igst_and_no_cgst() {
        ObjectNode document = document();
        set(document, "BuyerDtls.Gstin", Json.read("\"24AAQCA8719H1ZC\""));
        set(document, "BuyerDtls.Pos", Json.read("\"24\""));
        set(document, "BuyerDtls.Stcd", Json.read("\"24\""));
        assertThat(errors(document)).extracting(IrpError::code).containsExactly("SBX-CGST-INTER");

        set(document, "ItemList.0.IgstAmt", Json.read("920.08"));
        set(document, "ItemList.0.CgstAmt", Json.read("0"));
        set(document, "ItemList.0.SgstAmt", Json.read("0"));
        set(document, "ValDtls.IgstVal", Json.read("920.08"));
        set(document, "ValDtls.CgstVal", Json.read("0"));
        set(document, "ValDtls.SgstVal", Json.read("0"));
        assertThat(errors(document)).isEmpty();
    }

    @Test
    void the_amount_need_not_be_quantity_times_price_for_a_real_debit_note_was_not() {
        ObjectNode document = document();
        set(document, "DocDtls.Typ", Json.read("\"DBN\""));
        set(document, "ItemList.0.UnitPrice", Json.read("99"));

        assertThat(errors(document)).isEmpty();
    }

    private static ObjectNode document() {
        return Samples.invoice("INV/26-27/00001", "30/11/2026");
    }

    private static List<IrpError> errors(ObjectNode document) {
        return Inv01Check.errors(document, TODAY, 1_000);
    }

    /** Null takes it away. */
    private static void set(ObjectNode document, String path, JsonNode value) {
        String[] names = path.split("\\.", -1);
        JsonNode owner = document;
        for (int i = 0; i < names.length - 1; i++) {
            owner = owner.isArray() ? owner.get(Integer.parseInt(names[i])) : owner.get(names[i]);
        }
        String last = names[names.length - 1];
        if (value.isNull()) {
            ((ObjectNode) owner).remove(last);
        } else {
            ((ObjectNode) owner).set(last, value);
        }
    }
}
