package dev.millrace.server.payment;

import dev.millrace.engine.action.Describe;
import dev.millrace.erp.NewPayment;
import dev.millrace.erp.Payment;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** A payment to draft, as it is sent in. Amounts may be numbers or texts. */
record PaymentForm(
        @Describe("which way the money goes") Payment.Direction direction,
        @Describe("who is paid or pays") Payment.PartyType partyType,

        @Describe("of the supplier, the customer or the member")
        UUID partyId,

        @Describe("above 0, two decimals") BigDecimal amount,

        @Describe(value = "ISO 4217; the company's own when absent", as = Describe.As.CURRENCY)
        Optional<String> currency,

        @Describe("in a foreign currency; that of the documents it pays when absent")
        Optional<BigDecimal> rate,

        @Describe("which documents it pays; what is left is on account")
        Optional<List<AllocationForm>> allocations,

        @Describe("how it is paid") Payment.Method method,
        @Describe("today when absent") Optional<LocalDate> date,

        @Describe(value = "what the bank shows", most = 200) Optional<String> reference) {

    /** What a payment pays. */
    enum DocumentType {
        SUPPLIER_INVOICE,
        SALES_INVOICE,
        EXPENSE_CLAIM
    }

    record AllocationForm(
            @Describe("the document's kind") DocumentType documentType,
            @Describe("the document's id") UUID documentId,
            @Describe("in the payment's currency") BigDecimal amount) {

        NewPayment.Allocation allocation() {
            return new NewPayment.Allocation(documentType.name().toLowerCase(Locale.ROOT), documentId, amount);
        }
    }

    NewPayment payment() {
        return new NewPayment(
                direction,
                partyType,
                partyId,
                amount,
                currency,
                rate,
                allocations.orElse(List.of()).stream()
                        .map(AllocationForm::allocation)
                        .toList(),
                method,
                date,
                reference);
    }
}
