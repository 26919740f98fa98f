package dev.millrace.erp.sales;

import dev.millrace.engine.Actor;
import dev.millrace.engine.Tx;
import dev.millrace.erp.Customer;
import dev.millrace.erp.Customer.Treatment;
import dev.millrace.erp.CustomerSaved;
import dev.millrace.erp.NewCustomer;
import dev.millrace.erp.Trail;
import dev.millrace.erp.Versioned;
import dev.millrace.erp.core.CompanyRows;
import dev.millrace.erp.core.InputProblems;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Takes customers in, and changes them. Everything is checked before anything is written. Joins the caller's transaction. */
public final class CustomerDesk {
    private static final BigDecimal LIMIT_MOST = new BigDecimal("1000000000000");
    private static final BigDecimal DAYS_MOST = new BigDecimal("365");
    private static final int DECIMALS = 2;
    private static final int DAYS_USUAL = 30;

    private final Supplier<UUID> ids;
    private final Predicate<String> isGstin;
    private final Trail trail;
    private final CustomerRows rows = new CustomerRows();
    private final CompanyRows companies = new CompanyRows();

    /**
     * @param isGstin a tax number's form and check character are right: the rule is another module's
     */
    public CustomerDesk(Supplier<UUID> ids, Predicate<String> isGstin, Trail trail) {
        this.ids = ids;
        this.isGstin = isGstin;
        this.trail = trail;
    }

    public CustomerSaved create(Tx tx, NewCustomer wanted, Actor actor) {
        Customer customer = customer(
                ids.get(), wanted, companies.get(tx).info().country(), false, BigDecimal.ZERO.setScale(DECIMALS));
        var problems = check(tx, customer);
        if (!problems.isEmpty()) {
            return new CustomerSaved.Refused(problems.all());
        }
        rows.insert(tx, List.of(customer));
        trail.write(
                tx,
                actor,
                "customer.created",
                CustomerEvents.CUSTOMER,
                customer.id(),
                Optional.empty(),
                Optional.of(summary(customer)),
                customer.name());
        return saved(tx, customer.id());
    }

    /** All of it; what is left out is as in a new one. Hold and exposure stay. Locks the customer. */
    public CustomerSaved change(Tx tx, UUID id, NewCustomer wanted, Actor actor) {
        Optional<Customer> held = rows.hold(tx, id);
        if (held.isEmpty()) {
            return new CustomerSaved.NotFound(id);
        }
        Customer customer = customer(
                id,
                wanted,
                companies.get(tx).info().country(),
                held.get().creditHold(),
                held.get().exposure());
        var problems = check(tx, customer);
        if (!problems.isEmpty()) {
            return new CustomerSaved.Refused(problems.all());
        }
        rows.update(tx, customer);
        trail.write(
                tx,
                actor,
                "customer.changed",
                CustomerEvents.CUSTOMER,
                id,
                Optional.of(summary(held.get())),
                Optional.of(summary(customer)),
                customer.name());
        return saved(tx, id);
    }

    private CustomerSaved saved(Tx tx, UUID id) {
        return new CustomerSaved.Saved(new Versioned<>(rows.byId(tx, id).orElseThrow(), rows.version(tx, id)));
    }

    private static Customer customer(UUID id, NewCustomer wanted, String country, boolean hold, BigDecimal exposure) {
        return new Customer(
                id,
                wanted.code().strip(),
                wanted.name().strip(),
                wanted.gstin().map(text -> text.strip().toUpperCase(Locale.ROOT)),
                wanted.treatment().orElse(Treatment.REGULAR),
                wanted.stateCode(),
                wanted.country().orElse(country),
                wanted.addressLine1(),
                wanted.city(),
                wanted.pin(),
                wanted.email(),
                wanted.phone(),
                wanted.isKeyAccount().orElse(false),
                wanted.creditLimit().orElse(BigDecimal.ZERO),
                wanted.creditDays().orElse(DAYS_USUAL),
                hold,
                exposure);
    }

    private InputProblems check(Tx tx, Customer customer) {
        var problems = new InputProblems();
        problems.text("code", Optional.of(customer.code()));
        problems.text("name", Optional.of(customer.name()));
        problems.text("address_line1", customer.addressLine1());
        problems.text("city", customer.city());
        form(problems, "state_code", customer.stateCode(), "[0-9]{2}", "the two digits of an Indian state");
        form(problems, "pin", customer.pin(), "[0-9A-Za-z -]{3,12}", "a postal code");
        form(problems, "email", customer.email(), "[^@\\s]+@[^@\\s]+", "an e-mail address");
        form(problems, "phone", customer.phone(), "\\+[1-9][0-9]{6,14}", "a number such as +919820012345");
        form(problems, "country", Optional.of(customer.country()), "[A-Z]{2}", "a code such as IN");
        problems.number("credit_limit", customer.creditLimit(), DECIMALS, BigDecimal.ZERO, true, LIMIT_MOST);
        problems.number("credit_days", BigDecimal.valueOf(customer.creditDays()), 0, BigDecimal.ZERO, true, DAYS_MOST);
        checkTax(problems, customer);
        rows.byCode(tx, customer.code())
                .filter(other -> !other.id().equals(customer.id()))
                .ifPresent(other -> problems.add(
                        "code_taken", "code", "Expected another code: %s is %s".formatted(other.code(), other.name())));
        customer.gstin()
                .flatMap(gstin -> rows.byGstin(tx, gstin))
                .filter(other -> !other.id().equals(customer.id()))
                .ifPresent(other -> problems.add(
                        "gstin_taken",
                        "gstin",
                        "Expected another GSTIN: this one is that of %s %s".formatted(other.code(), other.name())));
        return problems;
    }

    private void checkTax(InputProblems problems, Customer customer) {
        customer.gstin()
                .filter(gstin -> !isGstin.test(gstin))
                .ifPresent(gstin -> problems.add(
                        "gstin_invalid",
                        "gstin",
                        "Expected a GSTIN with a right check character at gstin but got '%s'".formatted(gstin)));
        switch (customer.treatment()) {
            case REGULAR -> {
                // With a GSTIN or without.
            }
            case SEZ, DEEMED_EXPORT -> {
                if (customer.gstin().isEmpty()) {
                    problems.add("required", "gstin", "Expected a GSTIN, which every customer of this treatment has");
                }
            }
            case OVERSEAS -> {
                if (customer.gstin().isPresent() || customer.country().equals("IN")) {
                    problems.add(
                            "treatment_invalid",
                            "treatment",
                            "Expected a customer abroad to have another country than IN, and no GSTIN");
                }
            }
        }
    }

    private static void form(
            InputProblems problems, String path, Optional<String> text, String pattern, String expected) {
        text.filter(value -> !value.matches(pattern))
                .ifPresent(value -> problems.add(
                        "invalid_form", path, "Expected %s at %s but got '%s'".formatted(expected, path, value)));
    }

    private static String summary(Customer customer) {
        return customer.code() + ", limit " + customer.creditLimit().toPlainString() + ", " + customer.creditDays()
                + " days" + (customer.isKeyAccount() ? ", key account" : "");
    }
}
