package dev.millrace.server.ledger;

import dev.millrace.engine.Engine;
import dev.millrace.erp.Erp;
import dev.millrace.erp.Journals;
import dev.millrace.erp.LedgerAccount;
import dev.millrace.erp.Trail;
import dev.millrace.erp.TrialBalance;
import dev.millrace.server.request.Filters;
import dev.millrace.server.request.Listing;
import dev.millrace.server.security.Caller;
import dev.millrace.server.security.Needs;
import io.swagger.v3.oas.annotations.Operation;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The chart of accounts, and what each account has come to. */
@RestController
@RequestMapping("/api/v1/ledger")
public class AccountEndpoint {
    private static final LocalDate LAST_DAY = LocalDate.of(9999, 12, 31);

    private final Engine engine;
    private final Journals journals;

    public AccountEndpoint(Engine engine, Erp erp, Trail trail) {
        this.engine = engine;
        this.journals = erp.journals(engine.events(), trail);
    }

    @Operation(summary = "The chart of accounts, by code")
    @Needs("erp:read:finance")
    @GetMapping("/accounts")
    Listing<LedgerAccount> accounts(Caller caller) {
        return engine.run(caller.tenant(), tx -> new Listing<>(journals.accounts(tx), Optional.empty()));
    }

    @Operation(summary = "What every account has come to, to the end of a day; debit and credit are equal")
    @Needs("erp:read:finance")
    @GetMapping("/trial-balance")
    TrialBalance trialBalance(Caller caller, @RequestParam(required = false) @Nullable String until) {
        Optional<LocalDate> day = Filters.date("until", until);
        return engine.run(caller.tenant(), tx -> journals.trialBalance(tx, day.orElse(LAST_DAY)));
    }
}
