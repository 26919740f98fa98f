package dev.millrace.erp.gst;

import static dev.millrace.erp.gst.Inv01Check.amount;

import dev.millrace.erp.InputProblem;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** Reads GSTR-2B as the tax portal gives it out, and finds everything that is wrong with it at once. Touches nothing. */
final class StatementReader {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("dd-MM-uuuu").withResolverStyle(ResolverStyle.STRICT);
    private static final DateTimeFormatter PERIOD = DateTimeFormatter.ofPattern("MMuuuu");
    private static final List<String> SECTIONS =
            List.of("b2b", "b2ba", "cdnr", "cdnra", "isd", "isda", "impg", "impgsez");
    private static final int PROBLEMS_MOST = 100;

    private final Supplier<UUID> ids;
    private final List<StatementDocument> documents = new ArrayList<>();
    private final Map<String, String> seen = new HashMap<>();
    private final List<InputProblem> problems = new ArrayList<>();

    private StatementReader(Supplier<UUID> ids) {
        this.ids = ids;
    }

    /** What came of it. */
    sealed interface Read {
        record Sound(YearMonth period, List<StatementDocument> documents) implements Read {
            public Sound {
                documents = List.copyOf(documents);
            }
        }

        record Faulty(List<InputProblem> problems) implements Read {
            public Faulty {
                problems = List.copyOf(problems);
            }
        }
    }

    /** @param gstin of the company whose statement it is to be */
    static Read read(JsonNode file, String gstin, Supplier<UUID> ids) {
        var reader = new StatementReader(ids);
        JsonNode data = file.path("data");
        Optional<YearMonth> period =
                reader.parsed("data.rtnprd", data.path("rtnprd"), text -> YearMonth.parse(text, PERIOD), "MMyyyy");
        if (!data.path("gstin").asString("").equals(gstin)) {
            reader.add(
                    "gstin_differs",
                    "data.gstin",
                    "Expected the statement of " + gstin + " but it is one of '"
                            + data.path("gstin").asString("") + "'");
        }
        if (!data.path("docdata").isObject()) {
            reader.add("required", "data.docdata", "Expected an object with the sections of GSTR-2B");
        }
        SECTIONS.forEach(section -> reader.section(section, data.path("docdata").path(section)));
        return reader.problems.isEmpty()
                ? new Read.Sound(period.orElseThrow(), reader.documents)
                : new Read.Faulty(reader.problems);
    }

    private void section(String section, JsonNode suppliers) {
        for (int i = 0; i < suppliers.size(); i++) {
            JsonNode supplier = suppliers.get(i);
            String path = "data.docdata." + section + "[" + i + "]";
            String gstin = supplier.path("ctin").asString("");
            if (!gstin.matches("[0-9A-Z]{15}")) {
                add("gstin_invalid", path + ".ctin", "Expected the supplier's GSTIN but got '" + gstin + "'");
            }
            String list = supplier.has("nt") ? "nt" : "inv";
            JsonNode entries = supplier.path(list);
            for (int j = 0; j < entries.size(); j++) {
                document(section, path + "." + list + "[" + j + "]", supplier, entries.get(j));
            }
        }
    }

    private void document(String section, String path, JsonNode supplier, JsonNode entry) {
        String number = entry.path("inum").asString(entry.path("ntnum").asString(""));
        Optional<LocalDate> date =
                parsed(path + ".dt", entry.path("dt"), text -> LocalDate.parse(text, DATE), "dd-MM-yyyy");
        String normalized = DocumentNumber.normalized(number);
        if (normalized.isEmpty()) {
            add("required", path + ".inum", "Expected the document's number but got '" + number + "'");
        }
        String gstin = supplier.path("ctin").asString("");
        String before = seen.putIfAbsent(section + " " + gstin + " " + normalized, path);
        if (before != null) {
            add("duplicate", path, "Expected each document once but this one stands at " + before + " too");
        }
        date.ifPresent(day -> documents.add(new StatementDocument(
                ids.get(),
                gstin,
                supplier.path("trdnm").asString(""),
                section.toUpperCase(Locale.ROOT),
                number,
                day,
                amount(entry, "val"),
                sum(entry, "txval"),
                sum(entry, "igst"),
                sum(entry, "cgst"),
                sum(entry, "sgst"),
                sum(entry, "cess"),
                text(entry, "pos"),
                entry.path("itcavl").asString("").equals("Y"),
                text(entry, "rsn"),
                text(entry, "irn"))));
    }

    /** The amounts stand with the rates; some files have them on the document itself. */
    private static BigDecimal sum(JsonNode entry, String field) {
        BigDecimal sum = amount(entry, field);
        for (JsonNode item : entry.path("items")) {
            sum = sum.add(amount(item, field));
        }
        return sum;
    }

    private static Optional<String> text(JsonNode entry, String field) {
        return Optional.of(entry.path(field).asString("")).filter(text -> !text.isEmpty());
    }

    private <T> Optional<T> parsed(String path, JsonNode value, Function<String, T> parse, String form) {
        try {
            return Optional.of(parse.apply(value.asString("")));
        } catch (DateTimeParseException e) {
            add("date_invalid", path, "Expected " + form + " but got '" + value.asString("") + "'");
            return Optional.empty();
        }
    }

    private void add(String code, String path, String message) {
        if (problems.size() < PROBLEMS_MOST) {
            problems.add(new InputProblem(code, path, message));
        }
    }
}
