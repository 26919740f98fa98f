package dev.millrace.server.order;

import dev.millrace.engine.action.Describe;
import dev.millrace.erp.BankDetails;
import java.util.Locale;
import java.util.Optional;

/** Where a supplier's money goes, as it is sent in; blanks within numbers do no harm. */
record BankForm(
        @Describe("in whose name the account is") String holder,
        @Describe("its number, or the IBAN") String account,
        @Describe("of an Indian bank, or bic") Optional<String> ifsc,
        @Describe("of another bank, or ifsc") Optional<String> bic) {

    BankDetails details() {
        return new BankDetails(holder.strip(), number(account), ifsc.map(BankForm::number), bic.map(BankForm::number));
    }

    private static String number(String typed) {
        return typed.replaceAll("\\s", "").toUpperCase(Locale.ROOT);
    }
}
