package dev.millrace.server.order;

import dev.millrace.erp.Supplier;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A supplier, as it is answered; amounts are texts.
 *
 * @param expectedAnnualSpend in the company's currency
 * @param statusReason why it is blocked or rejected
 */
record SupplierBody(
        UUID id,
        String code,
        String name,
        Supplier.Status status,
        Optional<String> statusReason,
        Optional<String> gstin,
        Optional<String> pan,
        Optional<String> stateCode,
        String country,
        Optional<String> addressLine1,
        Optional<String> city,
        Optional<String> pin,
        Optional<String> email,
        Optional<String> phone,
        String currency,
        int paymentTermsDays,
        String msme,
        Optional<String> udyamNo,
        Optional<String> category,
        Optional<String> expectedAnnualSpend,
        BankBody bank,
        Optional<UUID> requestedBy,
        int version) {

    /** What everybody may know of where the money goes. */
    record BankBody(Optional<String> last4, boolean verified, Optional<Instant> changedAt) {}

    static SupplierBody of(Supplier supplier) {
        return new SupplierBody(
                supplier.id(),
                supplier.code(),
                supplier.name(),
                supplier.status(),
                supplier.statusReason(),
                supplier.gstin(),
                supplier.pan(),
                supplier.stateCode(),
                supplier.country(),
                supplier.addressLine1(),
                supplier.city(),
                supplier.pin(),
                supplier.email(),
                supplier.phone(),
                supplier.currency(),
                supplier.paymentTermsDays(),
                supplier.msme(),
                supplier.udyamNo(),
                supplier.category(),
                supplier.expectedAnnualSpend().map(BigDecimal::toPlainString),
                new BankBody(
                        supplier.bank().last4(),
                        supplier.bank().verified(),
                        supplier.bank().changedAt()),
                supplier.requestedBy(),
                supplier.version());
    }
}
