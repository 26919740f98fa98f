package dev.millrace.server.tax;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.millrace.engine.Engine;
import dev.millrace.engine.action.Describe;
import dev.millrace.erp.Erp;
import dev.millrace.erp.Filing;
import dev.millrace.erp.GstReturns;
import dev.millrace.erp.ImportedStatement;
import dev.millrace.erp.StatementImport;
import dev.millrace.erp.TaxReturn;
import dev.millrace.erp.Trail;
import dev.millrace.server.problem.FieldProblem;
import dev.millrace.server.problem.Refusal;
import dev.millrace.server.request.Body;
import dev.millrace.server.request.Filters;
import dev.millrace.server.request.Listing;
import dev.millrace.server.request.Upload;
import dev.millrace.server.security.Caller;
import dev.millrace.server.security.Needs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Suppliers' statements of a month, and the returns that the company files. Nothing is sent to the tax office. */
@RestController
@RequestMapping("/api/v1/gst")
public class ReturnEndpoint {
    private final Engine engine;
    private final GstReturns returns;

    public ReturnEndpoint(Engine engine, Erp erp, Trail trail) {
        this.engine = engine;
        this.returns = erp.gstReturns(engine.events(), trail);
    }

    /** @param changed false: this very file had been imported before */
    record StatementBody(YearMonth period, int documents, BigDecimal itcAvailable, boolean changed) {}

    record FileReturnForm(
            @Describe("which return was filed") @JsonProperty("return")
            Filing.Return which,

            @Describe(value = "number of the acknowledgement", most = 50)
            Optional<String> arn,

            @Describe("in cash, in rupees") BigDecimal netPaid) {}

    /** @param changed false: it was filed before */
    record FiledBody(
            YearMonth period, @JsonProperty("return") Filing.Return which, boolean changed) {}

    @Operation(summary = "Import the GSTR-2B of a month, the JSON as the tax portal gives it out")
    @Needs("erp:write:finance")
    @PostMapping("/2b/imports")
    StatementBody importStatement(Caller caller, @RequestBody Upload upload) {
        String file = upload.json();
        return engine.run(caller.tenant(), tx -> switch (returns.importStatement(tx, file, caller.actor())) {
            case StatementImport.Done done ->
                new StatementBody(done.period(), done.documents(), done.itcAvailable(), done.changed());
            case StatementImport.Refused refused ->
                throw Refusal.invalid(
                        "invalid_input",
                        refused.problems().stream().map(FieldProblem::of).toList());
        });
    }

    @Operation(summary = "The statements that were imported, newest month first")
    @Needs("erp:read:finance")
    @GetMapping("/2b/imports")
    Listing<ImportedStatement> statements(Caller caller) {
        return engine.run(caller.tenant(), tx -> new Listing<>(returns.statements(tx), Optional.empty()));
    }

    @Operation(summary = "What the returns of a month come to, when they are due, and whether they are filed")
    @Needs("erp:read:finance")
    @GetMapping("/returns/{period}")
    TaxReturn summary(Caller caller, @PathVariable String period) {
        YearMonth month = Filters.pathMonth(period);
        return engine.run(caller.tenant(), tx -> returns.summary(tx, month));
    }

    @Operation(summary = "Mark a return of a month that is over as filed; nothing is sent anywhere")
    @Needs("erp:write:finance")
    @PostMapping("/returns/{period}/file")
    FiledBody file(Caller caller, @PathVariable String period, @RequestBody Body<FileReturnForm> body) {
        YearMonth month = Filters.pathMonth(period);
        FileReturnForm form = body.read();
        return engine.run(caller.tenant(), tx -> switch (returns.markFiled(
                tx, month, form.which(), form.arn(), form.netPaid(), caller.actor())) {
            case Filing.Done done -> new FiledBody(month, form.which(), done.changed());
            case Filing.Refused refused -> throw Refusal.conflict(refused.code(), refused.message());
        });
    }
}
