package dev.millrace.erp.gst;

import dev.millrace.engine.action.Describe;
import dev.millrace.engine.action.RecordShapes;
import dev.millrace.language.EventType;
import dev.millrace.language.Field;
import dev.millrace.language.Shape;
import dev.millrace.language.ValueType;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The events of returns and statements: their types and their payloads, each of one record. */
public final class ReturnEvents {
    public static final String IMPORTED = "gst.gstr2b_imported";
    public static final String CLOSED = "gst.period_closed";

    private static final ValueType RETURNS = new ValueType.Choice(List.of("GSTR1", "GSTR3B"));

    public static final List<EventType> TYPES = List.of(
            new EventType(
                    IMPORTED,
                    "finance",
                    "The 2B statement of a period was imported.",
                    RecordShapes.of(StatementImported.class)),
            new EventType(CLOSED, "finance", "GSTR-3B of a period was marked filed.", closed()));

    private ReturnEvents() {}

    /** What the event of an import tells. */
    public record StatementImported(
            @Describe("yyyy-MM") String period,
            @Describe("How many stand in it") int documents,
            @Describe("The credit that it shows") BigDecimal itcAvailable,
            @Describe("When it was imported") Instant importedAt) {}

    /** What the event of a filed return tells. */
    public record PeriodClosed(
            @Describe("yyyy-MM") String period,
            @Describe("Which return was filed") String returnType,
            @Describe("The number of the acknowledgement") Optional<String> arn,
            @Describe("What was paid in cash") BigDecimal netPaid,
            @Describe("Who marked it") String closedBy,
            @Describe("When it was marked") Instant closedAt) {}

    private static Shape closed() {
        return new Shape(
                RecordShapes.of(PeriodClosed.class).fields().stream()
                        .map(field -> field.name().equals("return_type")
                                ? Field.required(field.name(), RETURNS, field.description())
                                : field)
                        .toList(),
                List.of(),
                false);
    }
}
