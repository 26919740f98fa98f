package dev.millrace.erp.gst;

import dev.millrace.engine.Json;
import dev.millrace.engine.Tx;
import dev.millrace.erp.Filing;
import dev.millrace.erp.ImportedStatement;
import dev.millrace.erp.InputProblem;
import dev.millrace.erp.StatementImport;
import dev.millrace.erp.core.CompanyRows;
import dev.millrace.erp.core.Herald;
import dev.millrace.erp.core.TaxSeat;
import dev.millrace.erp.core.TaxSeatRows;
import dev.millrace.erp.gst.StatementReader.Read;
import dev.millrace.erp.gst.StatementRows.Imported;
import dev.millrace.language.Money;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.YearMonth;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Takes statements in and marks returns as filed. Joins the caller's transaction. */
public final class ReturnDesk {
    private static final String ENTITY = "gst_period";

    private final Supplier<UUID> ids;
    private final CompanyRows companies = new CompanyRows();
    private final TaxSeatRows seats = new TaxSeatRows();
    private final GstRuleRows laws = new GstRuleRows();
    private final StatementRows statements = new StatementRows();
    private final GstPeriodRows periods = new GstPeriodRows();

    public ReturnDesk(Supplier<UUID> ids) {
        this.ids = ids;
    }

    /** Newest period first. */
    public List<ImportedStatement> statements(Tx tx) {
        return statements.all(tx);
    }

    /** The same file once more changes nothing; another one of the period takes its place. */
    public StatementImport imported(Tx tx, String file, Herald herald) {
        Optional<JsonNode> json = parse(file);
        TaxSeat seat = seats.get(tx);
        if (json.isEmpty() || seat.gstin().isEmpty()) {
            return new StatementImport.Refused(List.of(new InputProblem(
                    json.isEmpty() ? "not_json" : "gstin_missing",
                    "",
                    json.isEmpty()
                            ? "Expected the JSON file of GSTR-2B as the tax portal gives it out"
                            : "The company has no GSTIN: set it before importing statements")));
        }
        return switch (StatementReader.read(json.get(), seat.gstin().get(), ids)) {
            case Read.Faulty faulty -> new StatementImport.Refused(faulty.problems());
            case Read.Sound sound -> put(tx, sound, digest(file), herald);
        };
    }

    private StatementImport put(Tx tx, Read.Sound sound, String digest, Herald herald) {
        YearMonth period = sound.period();
        BigDecimal credit =
                sound.documents().stream().map(StatementDocument::credit).reduce(TaxSplit.ZERO, BigDecimal::add);
        companies.hold(tx);
        Optional<Imported> before = statements.hold(tx, period);
        var imported = new Imported(digest, sound.documents().size(), credit);
        if (before.filter(known -> known.digest().equals(digest)).isPresent()) {
            return new StatementImport.Done(period, imported.documents(), credit, false);
        }
        statements.put(tx, period, imported, sound.documents(), herald.by(), tx.now());
        herald.journal(
                tx,
                ReturnEvents.IMPORTED,
                ENTITY,
                tx.tenant(),
                Optional.empty(),
                Optional.of("imported"),
                "GSTR-2B of " + period + ": " + imported.documents()
                        + (imported.documents() == 1 ? " document, credit " : " documents, credit ")
                        + Money.written(credit, companies.get(tx).info().currency()));
        herald.publish(
                tx,
                ReturnEvents.IMPORTED,
                Json.tree(
                        new ReturnEvents.StatementImported(period.toString(), imported.documents(), credit, tx.now())));
        return new StatementImport.Done(period, imported.documents(), credit, true);
    }

    /**
     * Somebody filed a return at the tax portal.
     *
     * @param netPaid in cash
     */
    public Filing filed(
            Tx tx, YearMonth period, Filing.Return what, Optional<String> arn, BigDecimal netPaid, Herald herald) {
        YearMonth now = YearMonth.from(companies.get(tx).today(tx.now()));
        if (!period.isBefore(now)) {
            return new Filing.Refused("period_invalid", "Expected a month that is over but got " + period);
        }
        GstRules rules = laws.load(tx);
        var monthly = new ReturnDates.Filing.Monthly();
        periods.open(
                tx,
                ids.get(),
                period,
                ReturnDates.gstr1(period, monthly, rules),
                ReturnDates.gstr3b(period, monthly, rules));
        Optional<UUID> filed = switch (what) {
            case GSTR1 -> periods.fileGstr1(tx, period);
            case GSTR3B -> periods.fileGstr3b(tx, period, arn);
        };
        filed.ifPresent(id -> tell(tx, id, period, what, arn, netPaid, herald));
        return new Filing.Done(filed.isPresent());
    }

    private static void tell(
            Tx tx,
            UUID id,
            YearMonth period,
            Filing.Return what,
            Optional<String> arn,
            BigDecimal netPaid,
            Herald herald) {
        herald.journal(
                tx,
                ReturnEvents.CLOSED,
                ENTITY,
                id,
                Optional.of("open"),
                Optional.of("filed"),
                what + " of " + period + arn.map(number -> ", " + number).orElse(""));
        herald.publish(
                tx,
                ReturnEvents.CLOSED,
                Json.tree(new ReturnEvents.PeriodClosed(
                        period.toString(), what.name(), arn, netPaid, herald.by(), tx.now())));
    }

    private static Optional<JsonNode> parse(String file) {
        try {
            return Optional.of(Json.read(file));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static String digest(String file) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(file.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
