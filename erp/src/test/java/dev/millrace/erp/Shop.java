package dev.millrace.erp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.Actor;
import dev.millrace.engine.EventPublisher.NewEvent;
import dev.millrace.erp.core.TaxSeatRows;
import dev.millrace.language.EventType;
import dev.millrace.language.Shapes;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A company in Maharashtra that sells: with a GSTIN, an address, ten crore of turnover, and customers of every kind. */
final class Shop {
    static final String GSTIN = "27AAPFU0939F1ZV";
    static final BigDecimal TEN_CRORE = new BigDecimal("100000000");

    final World world;
    final SalesInvoices invoices;
    private final Actor seller;

    Shop() {
        this(new World());
    }

    Shop(World world) {
        this.world = world;
        this.invoices = world.erp.salesInvoices(world.events, world.trail());
        this.seller = world.requester();
        world.sql("""
                update companies set gstin = '27AAPFU0939F1ZV', address_line1 = 'Plot 14, MIDC', city = 'Pune', pin = '411019'
                 where tenant_id = :tenant and :id is not null
                """, new UUID(1, 1));
        turnover(TEN_CRORE);
        world.run(tx -> {
            world.erp
                    .customers()
                    .add(
                            tx,
                            List.of(
                                    customer("LOCAL", "27ZZACM0001A1ZH", Customer.Treatment.REGULAR, "27"),
                                    customer("FAR", "24AAQCA8719H1ZC", Customer.Treatment.REGULAR, "24"),
                                    customer("WALKIN", null, Customer.Treatment.REGULAR, "27"),
                                    customer("NOWHERE", null, Customer.Treatment.REGULAR, null),
                                    customer("ZONE", "24AABCR6898M1ZN", Customer.Treatment.SEZ, "24"),
                                    customer("ABROAD", null, Customer.Treatment.OVERSEAS, null)));
            return 0;
        });
        world.trail.clear();
    }

    private Customer customer(
            String code, @Nullable String gstin, Customer.Treatment treatment, @Nullable String state) {
        boolean abroad = treatment == Customer.Treatment.OVERSEAS;
        return new Customer(
                world.erp.ids().get(),
                code,
                "Customer " + code,
                Optional.ofNullable(gstin),
                treatment,
                Optional.ofNullable(state),
                abroad ? "DE" : "IN",
                Optional.of("Road 1"),
                Optional.of("Town"),
                Optional.of("400001"),
                Optional.of(code + "@customer.example"),
                Optional.empty(),
                false,
                new BigDecimal("1000000"),
                30,
                false,
                BigDecimal.ZERO);
    }

    void turnover(BigDecimal turnover) {
        world.run(tx -> {
            new TaxSeatRows().setTurnover(tx, turnover);
            return 0;
        });
    }

    static NewSalesInvoice.Line bolts(String quantity, String price) {
        return NewSalesInvoice.Line.of("BOLT", new BigDecimal(quantity), new BigDecimal(price));
    }

    SalesInvoice draft(String customer, NewSalesInvoice.Line... lines) {
        return draft(NewSalesInvoice.of(customer, List.of(lines)));
    }

    SalesInvoice draft(NewSalesInvoice invoice) {
        InvoiceDrafted drafted = world.run(tx -> invoices.draft(tx, invoice, seller));
        assertThat(drafted).isInstanceOf(InvoiceDrafted.Drafted.class);
        return ((InvoiceDrafted.Drafted) drafted).invoice();
    }

    InvoiceMade make(UUID invoice) {
        return world.run(tx -> invoices.make(tx, invoice, seller));
    }

    SalesInvoice made(String customer, NewSalesInvoice.Line... lines) {
        InvoiceMade made = make(draft(customer, lines).id());
        assertThat(made).isInstanceOf(InvoiceMade.Done.class);
        return ((InvoiceMade.Done) made).invoice();
    }

    SalesInvoice get(UUID invoice) {
        return world.run(tx -> invoices.get(tx, invoice)).orElseThrow();
    }

    Customer customer(String code) {
        return world.run(tx -> world.erp.customers().list(tx, "", 100)).stream()
                .filter(customer -> customer.code().equals(code))
                .findFirst()
                .orElseThrow();
    }

    /** What the accounts come to, debit less credit, by code. */
    String balance(String account) {
        return world.run(tx -> tx.handle()
                .createQuery("""
                        select coalesce(sum(l.base_debit - l.base_credit), 0)
                          from journal_lines l join accounts a on a.tenant_id = l.tenant_id and a.id = l.account_id
                         where l.tenant_id = :tenant and a.code = :code
                        """)
                .bind("tenant", world.tenant)
                .bind("code", account)
                .mapTo(BigDecimal.class)
                .one()
                .setScale(2)
                .toPlainString());
    }

    static void assertFits(NewEvent event) {
        EventType type = ErpCatalogue.events().stream()
                .filter(known -> known.name().equals(event.name()))
                .findFirst()
                .orElseThrow();
        assertThat(Shapes.fit(event.payload(), type.payload()).misfits()).isEmpty();
    }
}
