package dev.millrace.server.ledger;

import dev.millrace.engine.Engine;
import dev.millrace.engine.action.Describe;
import dev.millrace.erp.Erp;
import dev.millrace.erp.Journals;
import dev.millrace.erp.PostedJournal;
import dev.millrace.erp.Trail;
import dev.millrace.server.problem.Refusal;
import dev.millrace.server.request.Body;
import dev.millrace.server.request.Filters;
import dev.millrace.server.request.Listing;
import dev.millrace.server.request.Page;
import dev.millrace.server.security.Caller;
import dev.millrace.server.security.Needs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import java.math.BigDecimal;
import java.net.URI;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Journals: those of documents to read, and those that people post by hand. */
@RestController
@RequestMapping("/api/v1/ledger/journals")
public class JournalEndpoint {
    private final Engine engine;
    private final Journals journals;

    public JournalEndpoint(Engine engine, Erp erp, Trail trail) {
        this.engine = engine;
        this.journals = erp.journals(engine.events(), trail);
    }

    record JournalForm(
            @Describe("today when absent") Optional<LocalDate> date,

            @Describe(value = "what it is for", least = 1, most = 500)
            String narration,

            @Describe(value = "debit and credit come to the same", least = 2, most = 500)
            List<JournalLineForm> lines,

            @Describe(value = "is posted once", most = 200) Optional<String> reference) {

        Journals.NewJournal journal() {
            return new Journals.NewJournal(
                    date, narration, lines.stream().map(JournalLineForm::line).toList(), reference);
        }
    }

    /** Exactly one of debit and credit is above zero. */
    record JournalLineForm(
            @Describe("code of the account") String accountCode,
            @Describe("in the company's currency") Optional<BigDecimal> debit,
            @Describe("in the company's currency") Optional<BigDecimal> credit,

            @Describe(value = "who pays", most = 100) Optional<String> costCenter,

            @Describe(value = "for who reads the account", most = 500)
            Optional<String> memo) {

        Journals.NewLine line() {
            return new Journals.NewLine(
                    accountCode, debit.orElse(BigDecimal.ZERO), credit.orElse(BigDecimal.ZERO), costCenter, memo);
        }
    }

    record ReverseJournalForm(
            @Describe("of the reversal; today when absent") Optional<LocalDate> date,

            @Describe(value = "for people and the journal", least = 1, most = 2_000)
            String reason) {}

    @Operation(summary = "Post a journal by hand, in the company's currency")
    @Needs("erp:write:finance")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<JournalBody> post(Caller caller, @RequestBody Body<JournalForm> body) {
        JournalForm form = body.read();
        PostedJournal posted = engine.run(caller.tenant(), tx -> journals.post(tx, form.journal(), caller.actor()));
        return created(posted);
    }

    @Operation(summary = "Post the mirror of a journal that was posted by hand; answers the reversal")
    @Needs("erp:write:finance")
    @PostMapping("/{id}/reverse")
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<JournalBody> reverse(
            Caller caller, @PathVariable String id, @RequestBody Body<ReverseJournalForm> body) {
        UUID journal = Filters.id(id);
        return created(engine.run(caller.tenant(), tx -> {
            journals.find(tx, journal).orElseThrow(Refusal::notFound);
            ReverseJournalForm form = body.read();
            return journals.reverse(tx, journal, form.date(), form.reason(), caller.actor());
        }));
    }

    private static ResponseEntity<JournalBody> created(PostedJournal journal) {
        return ResponseEntity.created(
                        URI.create("/api/v1/ledger/journals/" + journal.header().id()))
                .body(JournalBody.of(journal));
    }

    @Operation(summary = "Journals without their lines, newest first")
    @Needs("erp:read:finance")
    @GetMapping
    Listing<JournalBody> list(
            Caller caller, @RequestParam(required = false) @Nullable String period, @ParameterObject Page page) {
        Optional<String> month = Filters.month("period", period).map(YearMonth::toString);
        return engine.run(caller.tenant(), tx -> {
            Optional<UUID> before = page.after(id -> journals.find(tx, id))
                    .map(journal -> journal.header().id());
            return Listing.of(
                    journals.list(tx, month, before, page.fetch()),
                    page,
                    PostedJournal.Header::id,
                    JournalBody::listed);
        });
    }

    @Operation(summary = "A journal with its lines")
    @Needs("erp:read:finance")
    @GetMapping("/{id}")
    JournalBody get(Caller caller, @PathVariable String id) {
        UUID journal = Filters.id(id);
        return engine.run(
                caller.tenant(),
                tx -> journals.find(tx, journal).map(JournalBody::of).orElseThrow(Refusal::notFound));
    }
}
