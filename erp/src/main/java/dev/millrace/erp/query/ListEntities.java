package dev.millrace.erp.query;

import dev.millrace.engine.Tx;
import dev.millrace.engine.action.ActionContext;
import dev.millrace.engine.action.ActionFailure;
import dev.millrace.engine.action.Describe;
import dev.millrace.engine.action.LocalAction;
import dev.millrace.engine.action.Named;
import dev.millrace.erp.core.ReadableEntity;
import dev.millrace.erp.query.FilterText.Unfit;
import dev.millrace.language.EvaluationException;
import dev.millrace.language.Field;
import dev.millrace.language.RowFilter;
import dev.millrace.language.Shape;
import dev.millrace.language.ValueType;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Reads rows of an entity; changes nothing. */
@Named(
        value = "erp.query.list",
        module = "core",
        description = "Reads rows of an ERP entity by a safe filter (for schedules).",
        failures = {"entity_not_available", ListEntities.FILTER_INVALID})
public final class ListEntities implements LocalAction<ListEntities.Config, ListEntities.Output> {
    static final String FILTER_INVALID = "filter_invalid";

    private static final int USUAL = 100;
    private static final String DESCENDING = "-";

    private final Entities entities;

    public ListEntities(Entities entities) {
        this.entities = entities;
    }

    public record Config(
            @Describe(value = "Entity of an enabled module", as = Describe.As.ENTITY)
            String entity,

            @Describe(
                    value = "Sees row and now; only comparison, in, and/or/not, date arithmetic",
                    as = Describe.As.EXPRESSION)
            Optional<String> where,

            @Describe("Field, or -field for the largest first; default: by id, so the oldest first")
            Optional<String> orderBy,

            @Describe(value = "How many rows at most", least = 1, most = 1_000, byDefault = "100")
            Optional<Integer> limit,

            @Describe(value = "Default all", orSingle = true)
            Optional<List<String>> fields) {}

    public record Output(
            @Describe("Typed by the entity") List<Map<String, JsonNode>> items,
            @Describe("Items returned") int count,
            @Describe("Rows matching") int total,

            @Describe(
                    "Sum of each money field over all matching rows; where their currencies differ, only of those in the"
                            + " company's own, such as amount_base")
            Map<String, JsonNode> sums) {}

    @Override
    public Output run(Tx tx, ActionContext context, Config config) {
        ReadableEntity readable = entities.require(tx, config.entity());
        Shape fields = readable.entity().fields();
        try {
            Optional<String> orderBy = config.orderBy().map(ListEntities::name);
            orderBy.ifPresent(name -> requireSingle(declared(fields, name)));
            var filter =
                    new FilterText(fields, context::evaluate, context.tenant().timeZone(), today(context));
            String condition =
                    config.where().map(where -> filter.of(read(where))).orElse("true");
            EntityRows.Found found = entities.list(
                    tx,
                    new EntityRows.Asked(
                            readable,
                            config.fields().map(names -> chosen(fields, names)).orElse(fields.fields()),
                            condition,
                            filter.bindings(),
                            orderBy,
                            config.orderBy()
                                    .filter(text -> text.startsWith(DESCENDING))
                                    .isPresent(),
                            config.limit().orElse(USUAL)));
            return new Output(found.items(), found.items().size(), found.total(), found.sums());
        } catch (Unfit unfit) {
            throw invalid(String.valueOf(unfit.getMessage()));
        } catch (EvaluationException unanswered) {
            throw invalid(unanswered.reason());
        }
    }

    private static ActionFailure invalid(String message) {
        return ActionFailure.permanent(FILTER_INVALID, message);
    }

    private static RowFilter read(String where) {
        return switch (RowFilter.of(where)) {
            case RowFilter.Read.Good good -> good.filter();
            case RowFilter.Read.Bad bad -> throw invalid(bad.message());
        };
    }

    private static String name(String orderBy) {
        return orderBy.startsWith(DESCENDING) ? orderBy.substring(DESCENDING.length()) : orderBy;
    }

    private static List<Field> chosen(Shape fields, List<String> names) {
        return names.stream().distinct().map(name -> declared(fields, name)).toList();
    }

    private static Field declared(Shape fields, String name) {
        return fields.field(name)
                .orElseThrow(() -> invalid("Expected one of the fields "
                        + fields.fields().stream().map(Field::name).collect(Collectors.joining(", ")) + ", but got '"
                        + name + "'"));
    }

    private static void requireSingle(Field field) {
        if (field.type() instanceof ValueType.ListOf) {
            throw invalid("Expected a field with a single value to order by, but " + field.name() + " has several");
        }
    }

    /** The step's now, as the filter sees it. */
    private static LocalDate today(ActionContext context) {
        return LocalDate.ofInstant(
                Instant.parse(context.evaluate("now").asString()),
                context.tenant().timeZone());
    }
}
