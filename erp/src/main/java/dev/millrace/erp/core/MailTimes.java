package dev.millrace.erp.core;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;

/**
 * When an e-mail to a member goes out: at once; beyond {@value #AT_ONCE_MOST} in a day of the company with the others in
 * one, the next morning. What is to be decided is mailed by itself in the last hours before its deadline at the latest.
 */
public final class MailTimes {
    static final int AT_ONCE_MOST = 20;
    private static final LocalTime DIGEST_AT = LocalTime.of(8, 0);

    /** Before a deadline no digest keeps a mail back. */
    private static final Duration LAST_HOURS = Duration.ofHours(2);

    private MailTimes() {}

    /**
     * @param digest it may go out together with others
     */
    public record When(Instant at, boolean digest) {}

    /**
     * @param mailedToday mails that the member got at once since {@link #dayBegan}
     * @param deadline of what is to be decided
     */
    static When of(int mailedToday, Instant now, ZoneId zone, Optional<Instant> deadline) {
        Optional<Instant> latest = deadline.map(at -> at.minus(LAST_HOURS));
        if (mailedToday < AT_ONCE_MOST || latest.filter(at -> !at.isAfter(now)).isPresent()) {
            return new When(now, false);
        }
        Instant digest = nextDigest(now.atZone(zone));
        return new When(latest.filter(at -> at.isBefore(digest)).orElse(digest), true);
    }

    static Instant dayBegan(Instant now, ZoneId zone) {
        return now.atZone(zone).toLocalDate().atStartOfDay(zone).toInstant();
    }

    private static Instant nextDigest(ZonedDateTime now) {
        ZonedDateTime today = now.toLocalDate().atTime(DIGEST_AT).atZone(now.getZone());
        return (today.isAfter(now) ? today : now.toLocalDate().plusDays(1).atTime(DIGEST_AT).atZone(now.getZone()))
                .toInstant();
    }
}
