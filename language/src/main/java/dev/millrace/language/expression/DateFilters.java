package dev.millrace.language.expression;

import static dev.millrace.language.expression.Operation.filter;

import dev.millrace.language.expression.Dates.Moment;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** Filters for texts that hold a date or an instant, in the tenant's zone. */
final class DateFilters {
    private static final int LONGEST_PATTERN = 100;

    static final List<Operation> ALL = List.of(
            filter("date", DateFilters::format, "format?"),
            filter(
                    "add_days",
                    (value, args) -> {
                        Moment moment = moment(value, args);
                        return args.run()
                                .text(moment.on(moment.at().toLocalDate().plusDays(days(args)))
                                        .text());
                    },
                    "n"),
            filter(
                    "add_working_days",
                    (value, args) -> {
                        Moment moment = moment(value, args);
                        LocalDate moved = Dates.addWorkingDays(moment.at().toLocalDate(), days(args));
                        return args.run().text(moment.on(moved).text());
                    },
                    "n"),
            filter("days_until", (value, args) -> {
                LocalDate today = LocalDate.ofInstant(args.run().scope().now(), zone(args));
                return Numbers.node(
                        ChronoUnit.DAYS.between(today, moment(value, args).at().toLocalDate()));
            }));

    private DateFilters() {}

    private static ZoneId zone(Arguments args) {
        return args.run().scope().zone();
    }

    private static Moment moment(JsonNode value, Arguments args) {
        if (!value.isString()) {
            throw args.run()
                    .typeError("Expected a date before " + args.filter() + ", but there is "
                            + Kind.of(value).words() + "; give none a value with | if_none(now)");
        }
        String text = args.run().reading(value.stringValue());
        return Dates.read(text, zone(args))
                .orElseThrow(() -> args.run()
                        .typeError("Expected a date such as 2026-11-24 or a time such as "
                                + "2026-11-24T04:52:55Z before " + args.filter() + ", but there is '" + start(text)
                                + "'; write it in that form"));
    }

    private static String start(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }

    private static int days(Arguments args) {
        int days = args.whole(0);
        if (Math.abs((long) days) > Limits.DAYS) {
            throw args.run()
                    .limit("Expected at most " + Limits.DAYS + " days for " + args.filter() + ", but there are " + days
                            + "; use fewer");
        }
        return days;
    }

    private static JsonNode format(JsonNode value, Arguments args) {
        String pattern = args.text(0, "dd MMM yyyy");
        if (pattern.length() > LONGEST_PATTERN) {
            throw args.run()
                    .limit("Expected a format of at most " + LONGEST_PATTERN + " characters for | date, but it "
                            + "is longer; shorten it");
        }
        Moment moment = moment(value, args);
        try {
            return args.run()
                    .text(DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).format(moment.at()));
        } catch (IllegalArgumentException | DateTimeException badPattern) {
            throw args.run()
                    .error("Expected a format such as 'dd MMM yyyy' for | date, but there is '" + pattern
                            + "'; use the letters d, M, y, H, m, s");
        }
    }
}
