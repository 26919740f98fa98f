package dev.millrace.server.workflow;

import dev.millrace.engine.Engine;
import dev.millrace.engine.action.Describe;
import dev.millrace.language.Schedule;
import dev.millrace.server.problem.FieldProblem;
import dev.millrace.server.problem.Refusal;
import dev.millrace.server.request.Body;
import dev.millrace.server.security.Caller;
import dev.millrace.server.security.Needs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Says when a schedule would fire. */
@RestController
public class ScheduleEndpoint {
    private static final int USUAL_COUNT = 5;
    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx");

    private final Engine engine;

    public ScheduleEndpoint(Engine engine) {
        this.engine = engine;
    }

    record PreviewForm(
            @Describe("five fields, or six with seconds first: '0 9 15 * *'")
            String schedule,

            @Describe("such as Asia/Kolkata; absent: the company's")
            Optional<String> timezone,

            @Describe("fires at or after it; absent: now") Optional<Instant> from,

            @Describe(value = "how many; absent: 5", least = 1, most = 100)
            Optional<Integer> count) {}

    /** @param local what the clocks of the zone show then, with their offset */
    record FireBody(Instant at, String local) {
        static FireBody of(Schedule.Fire fire) {
            ZonedDateTime local = fire.local();
            return new FireBody(fire.at(), LOCAL.format(local));
        }
    }

    /** @param words the schedule in English: 'at 09:00 on the 15th of every month' */
    record PreviewBody(String words, List<FireBody> fires) {}

    @Operation(summary = "When a schedule fires next")
    @Needs("workflow:read")
    @PostMapping("/api/v1/workflows/schedules/preview")
    PreviewBody preview(Caller caller, @RequestBody Body<PreviewForm> body) {
        PreviewForm form = body.read();
        Schedule schedule = checked(form);
        List<Schedule.Fire> fires = engine.run(
                caller.tenant(),
                tx -> schedule.preview(
                        form.from().orElseGet(tx::now),
                        form.timezone()
                                .map(ZoneId::of)
                                .orElseGet(() -> engine.catalogues().of(tx).zone()),
                        form.count().orElse(USUAL_COUNT)));
        return new PreviewBody(
                schedule.words(), fires.stream().map(FireBody::of).toList());
    }

    /** All that is wrong at once. */
    private static Schedule checked(PreviewForm form) {
        Optional<FieldProblem> unknownZone = form.timezone().flatMap(ScheduleEndpoint::unknownZone);
        return switch (Schedule.parse(form.schedule())) {
            case Schedule.Parsed.Good good -> {
                unknownZone.ifPresent(problem -> {
                    throw Refusal.invalid("invalid_input", List.of(problem));
                });
                yield good.schedule();
            }
            case Schedule.Parsed.Bad bad -> {
                var problems = new ArrayList<FieldProblem>();
                bad.faults().forEach(fault -> problems.add(problem(form.schedule(), fault)));
                unknownZone.ifPresent(problems::add);
                throw Refusal.invalid("invalid_input", problems);
            }
        };
    }

    private static Optional<FieldProblem> unknownZone(String zone) {
        return ZoneId.getAvailableZoneIds().contains(zone)
                ? Optional.empty()
                : Optional.of(FieldProblem.at(
                        "time_zone_unknown",
                        "timezone",
                        "Expected a time zone such as Asia/Kolkata at timezone but got '" + zone + "'."));
    }

    private static FieldProblem problem(String schedule, Schedule.Fault fault) {
        return FieldProblem.within(
                fault.code().code(),
                "schedule",
                column(schedule, fault.offset()),
                column(schedule, fault.offset() + fault.length()),
                fault.message("schedule"),
                fault.replacement());
    }

    private static int column(String schedule, int offset) {
        return schedule.codePointCount(0, offset) + 1;
    }
}
