package dev.millrace.server.order;

import dev.millrace.engine.action.Describe;
import dev.millrace.erp.NewSupplier;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;

/** A supplier as it is sent in. What a change leaves out is gone. */
record SupplierForm(
        @Describe("the company's own name for it, for good") String code,
        @Describe("as it stands on its invoices") String name,
        @Describe("the Indian tax number") Optional<String> gstin,
        @Describe("that of the GSTIN when absent") Optional<String> pan,
        @Describe("that of the GSTIN when absent") Optional<String> stateCode,
        @Describe("two letters; the company's when absent") Optional<String> country,
        @Describe("street and number") Optional<String> addressLine1,
        @Describe("city") Optional<String> city,
        @Describe("six digits in India") Optional<String> pin,
        @Describe("where it gets mail") Optional<String> email,
        @Describe("with the country's code") Optional<String> phone,
        @Describe("ISO 4217; the company's when absent") Optional<String> currency,
        @Describe("30 when absent") Optional<Integer> paymentTermsDays,

        @Describe("none, micro, small or medium; none when absent")
        Optional<String> msme,

        @Describe("of an MSME") Optional<String> udyamNo,
        @Describe("spend area") Optional<String> category,

        @Describe("in the company's currency") Optional<BigDecimal> expectedAnnualSpend,

        @Describe("only when it is entered; later at /suppliers/{id}/bank")
        Optional<BankForm> bank) {

    NewSupplier supplier() {
        return new NewSupplier(
                code.strip(),
                name.strip(),
                gstin.map(SupplierForm::upper),
                pan.map(SupplierForm::upper),
                stateCode,
                country.map(SupplierForm::upper),
                addressLine1,
                city,
                pin,
                email,
                phone,
                currency.map(SupplierForm::upper),
                paymentTermsDays,
                msme,
                udyamNo.map(SupplierForm::upper),
                category,
                expectedAnnualSpend);
    }

    private static String upper(String typed) {
        return typed.strip().toUpperCase(Locale.ROOT);
    }
}
