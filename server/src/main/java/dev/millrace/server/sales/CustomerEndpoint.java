package dev.millrace.server.sales;

import dev.millrace.engine.Engine;
import dev.millrace.engine.action.Describe;
import dev.millrace.erp.Customer;
import dev.millrace.erp.CustomerSaved;
import dev.millrace.erp.Customers;
import dev.millrace.erp.Erp;
import dev.millrace.erp.NewCustomer;
import dev.millrace.erp.Versioned;
import dev.millrace.server.problem.Refusal;
import dev.millrace.server.request.Body;
import dev.millrace.server.request.Filters;
import dev.millrace.server.request.IfMatch;
import dev.millrace.server.request.Listing;
import dev.millrace.server.request.Page;
import dev.millrace.server.security.Caller;
import dev.millrace.server.security.Needs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import jakarta.servlet.http.HttpServletRequest;
import java.math.BigDecimal;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Who the company sells to, by code. A credit hold is set and lifted by workflows. */
@RestController
@RequestMapping("/api/v1/customers")
public class CustomerEndpoint {
    private final Engine engine;
    private final Customers customers;

    public CustomerEndpoint(Engine engine, Erp erp) {
        this.engine = engine;
        this.customers = erp.customers();
    }

    /** A customer as it is sent in; what is left out of a change is as in a new one. */
    record CustomerForm(
            @Describe("short, and no other customer's") String code,
            @Describe("as it stands on invoices") String name,
            @Describe("of a registered one") Optional<String> gstin,
            @Describe("regular when absent") Optional<Customer.Treatment> treatment,
            @Describe("two digits of the Indian state") Optional<String> stateCode,

            @Describe("ISO 3166-1 alpha-2; the company's own when absent")
            Optional<String> country,

            @Describe("street and number") Optional<String> addressLine1,
            @Describe("town") Optional<String> city,
            @Describe("postal code") Optional<String> pin,
            @Describe("where the customer gets mail") Optional<String> email,

            @Describe("with the country's code: +919820012345")
            Optional<String> phone,

            @Describe("false when absent") Optional<Boolean> isKeyAccount,

            @Describe("in the company's own currency; 0 when absent")
            Optional<BigDecimal> creditLimit,

            @Describe("30 when absent") Optional<Integer> creditDays) {
        NewCustomer customer() {
            return new NewCustomer(
                    code,
                    name,
                    gstin,
                    treatment,
                    stateCode,
                    country,
                    addressLine1,
                    city,
                    pin,
                    email,
                    phone,
                    isKeyAccount,
                    creditLimit,
                    creditDays);
        }
    }

    /** Amounts are texts, in the company's own currency. */
    record CustomerBody(
            UUID id,
            String code,
            String name,
            Optional<String> gstin,
            Customer.Treatment treatment,
            Optional<String> stateCode,
            String country,
            Optional<String> addressLine1,
            Optional<String> city,
            Optional<String> pin,
            Optional<String> email,
            Optional<String> phone,
            boolean isKeyAccount,
            String creditLimit,
            int creditDays,
            boolean creditHold,
            String creditExposure) {
        static CustomerBody of(Customer customer) {
            return new CustomerBody(
                    customer.id(),
                    customer.code(),
                    customer.name(),
                    customer.gstin(),
                    customer.treatment(),
                    customer.stateCode(),
                    customer.country(),
                    customer.addressLine1(),
                    customer.city(),
                    customer.pin(),
                    customer.email(),
                    customer.phone(),
                    customer.isKeyAccount(),
                    customer.creditLimit().toPlainString(),
                    customer.creditDays(),
                    customer.creditHold(),
                    customer.exposure().toPlainString());
        }
    }

    @Operation(summary = "Customers, by code")
    @Needs("erp:read:sales")
    @GetMapping
    Listing<CustomerBody> list(Caller caller, @ParameterObject Page page) {
        return engine.run(
                caller.tenant(),
                tx -> Listing.of(
                        customers.list(tx, page.afterText().orElse(""), page.fetch()),
                        page,
                        Customer::code,
                        CustomerBody::of));
    }

    @Operation(summary = "A customer")
    @Needs("erp:read:sales")
    @GetMapping("/{id}")
    ResponseEntity<CustomerBody> get(Caller caller, @PathVariable String id) {
        return tagged(engine.run(
                caller.tenant(), tx -> customers.versioned(tx, Filters.id(id)).orElseThrow(Refusal::notFound)));
    }

    @Operation(summary = "Enter a customer")
    @Needs("erp:write:sales")
    @PostMapping
    ResponseEntity<CustomerBody> create(Caller caller, @RequestBody Body<CustomerForm> body) {
        NewCustomer wanted = body.read().customer();
        CustomerBody answer =
                CustomerBody.of(engine.run(caller.tenant(), tx -> saved(customers.create(tx, wanted, caller.actor())))
                        .value());
        return ResponseEntity.created(URI.create("/api/v1/customers/" + answer.id()))
                .body(answer);
    }

    /** Changes all of it but its credit hold and what it owes. */
    @Operation(summary = "Change a customer, all but the credit hold and what he owes")
    @Needs("erp:write:sales")
    @PutMapping("/{id}")
    ResponseEntity<CustomerBody> change(
            Caller caller, @PathVariable String id, @RequestBody Body<CustomerForm> body, HttpServletRequest request) {
        return tagged(engine.run(caller.tenant(), tx -> {
            Versioned<Customer> now = customers.hold(tx, Filters.id(id)).orElseThrow(Refusal::notFound);
            IfMatch.require(request, now.version(), "the customer");
            return saved(customers.change(tx, now.value().id(), body.read().customer(), caller.actor()));
        }));
    }

    private static Versioned<Customer> saved(CustomerSaved saved) {
        return switch (saved) {
            case CustomerSaved.Saved done -> done.customer();
            case CustomerSaved.NotFound none -> throw Refusal.notFound();
            case CustomerSaved.Refused refused -> throw InvalidInput.of(refused.problems());
        };
    }

    private static ResponseEntity<CustomerBody> tagged(Versioned<Customer> customer) {
        return ResponseEntity.ok().eTag(IfMatch.tag(customer.version())).body(CustomerBody.of(customer.value()));
    }
}
