package dev.millrace.language.words;

import dev.millrace.language.Money;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Written values as people write them: amounts, dates, durations, words of a choice. */
public final class Literals {
    private static final Pattern CHOICE = Pattern.compile("[a-z][a-z0-9]*(?:_[a-z0-9]+)+");
    private static final BigDecimal ONE = BigDecimal.ONE;

    private final Messages messages;
    private final String currency;
    private final ZoneId zone;

    /**
     * @param currency in which amounts are written, ISO 4217; empty: bare numbers
     * @param zone in which instants are written
     */
    public Literals(Messages messages, String currency, ZoneId zone) {
        this.messages = messages;
        this.currency = currency;
        this.zone = zone;
    }

    public String of(JsonNode value, Measure measure) {
        return switch (value.getNodeType()) {
            case NUMBER -> number(value.decimalValue(), measure);
            case STRING -> text(value.stringValue(), measure);
            case BOOLEAN -> messages.say(value.booleanValue() ? "value.true" : "value.false");
            case NULL, MISSING -> messages.say("value.none");
            case ARRAY -> list(value, measure);
            case OBJECT, POJO, BINARY -> value.toString();
        };
    }

    private String list(JsonNode list, Measure measure) {
        List<String> items = new ArrayList<>();
        list.forEach(item -> items.add(of(item, measure)));
        return messages.and(items);
    }

    public String number(BigDecimal number, Measure measure) {
        return switch (measure) {
            case AMOUNT -> money(number);
            case PERCENT -> messages.say("value.percent", digits(number));
            case DAYS ->
                number.abs().compareTo(ONE) == 0
                        ? messages.say("value.days.one", digits(number))
                        : messages.say("value.days.other", digits(number));
            case DATE, YES_OR_NO, PLAIN -> digits(number);
        };
    }

    private static String digits(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    /** Without paise where there are none: ₹5,00,000. */
    private String money(BigDecimal amount) {
        Optional<String> written = Money.text(amount, currency);
        if (written.isEmpty() || amount.stripTrailingZeros().scale() > 2) {
            return digits(amount);
        }
        boolean whole = amount.stripTrailingZeros().scale() <= 0;
        int point = written.get().lastIndexOf('.');
        return whole && point > 0 ? written.get().substring(0, point) : written.get();
    }

    private String text(String text, Measure measure) {
        if (measure == Measure.DATE) {
            return when(text).orElseGet(() -> messages.quoted(text));
        }
        return messages.quoted(CHOICE.matcher(text).matches() ? text.replace('_', ' ') : text);
    }

    private Optional<String> when(String text) {
        try {
            if (text.length() == 10) {
                return Optional.of(date(LocalDate.parse(text)));
            }
            ZonedDateTime local = OffsetDateTime.parse(text).atZoneSameInstant(zone);
            String time = local.toLocalTime().truncatedTo(ChronoUnit.SECONDS).toString();
            return Optional.of(messages.say("value.instant", time, date(local.toLocalDate())));
        } catch (DateTimeException noDate) {
            return Optional.empty();
        }
    }

    private String date(LocalDate date) {
        return messages.say(
                "value.date",
                Integer.toString(date.getDayOfMonth()),
                messages.say("month." + date.getMonthValue()),
                Integer.toString(date.getYear()));
    }

    /** In days only where nothing is left over: 24 hours stay 24 hours, 48 hours too. */
    public String duration(Duration duration) {
        List<String> parts = new ArrayList<>();
        long seconds = duration.toSeconds();
        boolean days = seconds % 86_400 == 0 && seconds > 2 * 86_400;
        long inDays = days || seconds > 3 * 86_400 ? seconds / 86_400 : 0;
        long rest = seconds - inDays * 86_400;
        part(parts, "duration.days", inDays);
        part(parts, "duration.hours", rest / 3600);
        part(parts, "duration.minutes", rest % 3600 / 60);
        part(parts, "duration.seconds", rest % 60);
        part(parts, "duration.millis", duration.toMillisPart());
        return parts.isEmpty() ? messages.count("duration.seconds", 0) : messages.and(parts);
    }

    private void part(List<String> parts, String key, long number) {
        if (number > 0) {
            parts.add(messages.count(key, number));
        }
    }
}
