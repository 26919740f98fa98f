package dev.millrace.erp.procurement;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Json;
import dev.millrace.engine.Member;
import dev.millrace.engine.action.Describe;
import dev.millrace.engine.action.RecordShapes;
import dev.millrace.erp.Supplier;
import dev.millrace.language.EventType;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** The events of suppliers: their types and their payloads, both of the same record. */
public final class SupplierEvents {
    public static final String CREATED = "supplier.created";
    public static final String BANK_CHANGED = "supplier.bank_changed";

    /** As entities, events and approvals call it. */
    public static final String TYPE = "supplier";

    private static final String MODULE = "procurement";

    public static final List<EventType> TYPES = List.of(
            new EventType(CREATED, MODULE, "A supplier was entered, not yet active.", RecordShapes.of(Created.class)),
            new EventType(
                    BANK_CHANGED,
                    MODULE,
                    "Bank details of a supplier were changed: nothing is paid there until they are verified.",
                    RecordShapes.of(BankChanged.class)));

    private SupplierEvents() {}

    public record Created(
            @Describe("The supplier's id") UUID id,
            @Describe("The supplier's code") String supplierCode,
            @Describe("The supplier's name") String name,
            @Describe("The supplier's tax number") Optional<String> gstin,
            @Describe("The permanent account number") Optional<String> pan,
            @Describe("A micro or small enterprise") boolean msme,
            @Describe("Two letters") String country,
            @Describe("Where the supplier gets mail") Optional<String> email,
            @Describe("Spend area") Optional<String> category,

            @Describe("In the company's currency") Optional<BigDecimal> expectedAnnualSpend,

            @Describe("The bank details are verified") boolean bankVerified,
            @Describe("The member's id") String requestedBy,
            @Describe("The member's e-mail") Optional<String> requestedByEmail,
            @Describe("When it was entered") Instant createdAt) {}

    public record BankChanged(
            @Describe("The supplier's id") UUID id,
            @Describe("The supplier's name") String name,
            @Describe("The member's id") String changedBy,
            @Describe("Empty: none was known") Optional<String> oldAccountLast4,
            @Describe("The last four of the new one") String newAccountLast4,
            @Describe("Released and not paid in full") int openInvoices,
            @Describe("In the company's currency") BigDecimal openAmount,
            @Describe("When they were changed") Instant changedAt) {}

    static ObjectNode created(Supplier supplier, Member by, Instant at) {
        return Json.tree(new Created(
                supplier.id(),
                supplier.code(),
                supplier.name(),
                supplier.gstin(),
                supplier.pan(),
                supplier.msme().equals("micro") || supplier.msme().equals("small"),
                supplier.country(),
                supplier.email(),
                supplier.category(),
                supplier.expectedAnnualSpend(),
                supplier.bank().verified(),
                by.id().toString(),
                Optional.of(by.email()),
                at));
    }

    static ObjectNode bankChanged(Supplier before, String last4, OpenBills.Open open, Actor by, Instant at) {
        return Json.tree(new BankChanged(
                before.id(),
                before.name(),
                by.id().orElse(by.name()),
                before.bank().last4(),
                last4,
                open.invoices(),
                open.amount(),
                at));
    }
}
