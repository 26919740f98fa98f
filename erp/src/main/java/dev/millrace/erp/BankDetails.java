package dev.millrace.erp;

import java.util.Optional;

/**
 * Where a supplier's money goes, in full: for Accounts alone.
 *
 * @param holder in whose name the account is
 * @param account its number, or the IBAN; digits and capital letters
 * @param ifsc the branch of an Indian bank, {@code HDFC0001234}
 * @param bic of a bank elsewhere
 */
public record BankDetails(String holder, String account, Optional<String> ifsc, Optional<String> bic) {
    /** Nothing of it is for logs. */
    @Override
    public String toString() {
        return "bank details";
    }
}
