package dev.millrace.language.reading;

import dev.millrace.language.Trigger;
import dev.millrace.language.words.Messages;
import java.time.ZoneId;

/** A schedule in words. */
final class ScheduleWords {
    private ScheduleWords() {}

    static String of(Trigger.OnSchedule schedule, ZoneId tenant, Messages messages) {
        return messages.say(
                "start.schedule.zone",
                messages.quoted(schedule.cron()),
                schedule.zone().orElse(tenant).getId());
    }
}
