package dev.millrace.erp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.engine.Actor;
import dev.millrace.engine.ExecutionFilter;
import dev.millrace.engine.ExecutionView;
import dev.millrace.engine.approval.Request;
import dev.millrace.erp.SalesOrder.Status;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The demo company {@link Acme} at a real engine, with one template enabled, as those who sell see it. */
final class SalesCounter implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(60);

    final Acme acme;
    final SalesOrders orders;
    final Deliveries deliveries;
    final SalesInvoices invoices;
    final PriceChanges prices;
    private final Actor seller;

    SalesCounter(String template) {
        this.acme = new Acme(new SeededTemplates.Seeded(template, Set.of("sales")).yaml());
        this.orders = acme.erp.salesOrders(acme.engine.events(), acme.engine.documents(), acme.trail);
        this.deliveries = acme.erp.deliveries(acme.engine.events(), acme.trail);
        this.invoices = acme.erp.salesInvoices(acme.engine.events(), acme.trail);
        this.prices = acme.erp.priceChanges(acme.engine.events(), acme.engine.documents(), acme.trail);
        // The Sales Head decides, so somebody else asks.
        this.seller = acme.actor("admin");
    }

    @Override
    public void close() {
        acme.close();
    }

    Actor seller() {
        return seller;
    }

    /** Drums of paint, of which there are 80; taxed at 18 percent. */
    static NewSalesOrder drums(String customer, String quantity, String price) {
        return NewSalesOrder.of(
                customer,
                List.of(NewSalesOrder.Line.of("PNT-SYN-20L", new BigDecimal(quantity), new BigDecimal(price))));
    }

    SalesSubmission.Submitted submit(NewSalesOrder wanted) {
        SalesSubmission submission = acme.run(tx -> {
            SalesCreation creation = orders.create(tx, wanted, seller);
            assertThat(creation).isInstanceOf(SalesCreation.Created.class);
            return orders.submit(tx, ((SalesCreation.Created) creation).order().id(), seller);
        });
        assertThat(submission).isInstanceOf(SalesSubmission.Submitted.class);
        return (SalesSubmission.Submitted) submission;
    }

    SalesOrder get(UUID order) {
        return acme.run(tx -> orders.get(tx, order)).orElseThrow();
    }

    void awaitStatus(UUID order, Status status) {
        await().atMost(SOON).untilAsserted(() -> assertThat(get(order).status()).isEqualTo(status));
    }

    void decide(UUID document, String role, String who, boolean approve, String comment) {
        acme.decide(acme.awaitRequest(document, role), who, approve, comment);
    }

    Optional<Request> pending(UUID document, String role) {
        return acme.pending(document, role);
    }

    /** The execution that a field of its trigger tells apart, when it is over. */
    ExecutionView finished(String field, UUID id) {
        return await().atMost(SOON)
                .until(
                        () -> acme
                                .run(tx ->
                                        acme.engine.executions().list(tx, ExecutionFilter.ALL, Optional.empty(), 100))
                                .stream()
                                .filter(execution -> execution.completedAt().isPresent())
                                .filter(execution -> execution
                                        .trigger()
                                        .path(field)
                                        .asString("")
                                        .equals(id.toString()))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    List<String> mails() {
        return acme.run(tx -> acme.erp.inbox().outbox(tx, Optional.empty(), 200)).stream()
                .filter(message -> message.channel().equals("email"))
                .map(message ->
                        message.address().orElse("") + ": " + message.subject().orElse(""))
                .toList();
    }

    Customer customer(String code) {
        return acme.run(tx -> acme.erp.customers().list(tx, "", 500)).stream()
                .filter(customer -> customer.code().equals(code))
                .findFirst()
                .orElseThrow();
    }

    void sql(String statement, UUID id) {
        acme.run(tx -> tx.handle()
                .createUpdate(statement)
                .bind("tenant", acme.tenant)
                .bind("id", id)
                .execute());
    }
}
