package dev.millrace.server.admin;

import dev.millrace.engine.Engine;
import dev.millrace.engine.Tx;
import dev.millrace.engine.action.Describe;
import dev.millrace.erp.CalendarSettings;
import dev.millrace.erp.CompanyCalendar;
import dev.millrace.erp.CompanyCalendar.Holiday;
import dev.millrace.erp.Erp;
import dev.millrace.erp.InputProblem;
import dev.millrace.erp.Trail;
import dev.millrace.erp.Versioned;
import dev.millrace.server.problem.FieldProblem;
import dev.millrace.server.problem.Refusal;
import dev.millrace.server.request.Body;
import dev.millrace.server.request.IfMatch;
import dev.millrace.server.security.Caller;
import dev.millrace.server.security.Needs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import jakarta.servlet.http.HttpServletRequest;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** When the company works: what deadlines with {@code calendar: business} count. */
@RestController
@RequestMapping("/api/v1/admin/calendars")
public class CalendarEndpoint {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm");

    private final Engine engine;
    private final Erp erp;
    private final CalendarSettings calendars;

    public CalendarEndpoint(Engine engine, Erp erp, Trail trail) {
        this.engine = engine;
        this.erp = erp;
        this.calendars = erp.calendars(trail);
    }

    record HolidayForm(
            @Describe("the day") LocalDate date,
            @Describe("what it is called") String name) {}

    record CalendarForm(
            @Describe("the days of the week on which people work")
            List<DayOfWeek> days,

            @Describe("local time, 09:00") String opens,
            @Describe("local time, later than opens") String closes,

            @Describe("days on which nobody works; none when absent")
            Optional<List<HolidayForm>> holidays) {}

    /**
     * @param version 0: the usual calendar
     * @param timeZone the company's
     */
    record CalendarBody(
            int version,
            String timeZone,
            List<DayOfWeek> days,
            String opens,
            String closes,
            List<HolidayForm> holidays) {}

    @Operation(summary = "Working hours and holidays of the company")
    @Needs("admin")
    @GetMapping
    ResponseEntity<CalendarBody> get(Caller caller) {
        return engine.run(caller.tenant(), tx -> answer(tx, calendars.get(tx)));
    }

    /** Sets all of it at once. Deadlines that run already stay as they are. */
    @Operation(summary = "Set working hours and holidays")
    @Needs("admin")
    @PutMapping
    ResponseEntity<CalendarBody> put(Caller caller, @RequestBody Body<CalendarForm> body, HttpServletRequest request) {
        return engine.run(caller.tenant(), tx -> {
            IfMatch.require(request, calendars.hold(tx).version(), "the calendar");
            return answer(tx, calendars.set(tx, read(body.read()), caller.actor()));
        });
    }

    private static CompanyCalendar read(CalendarForm form) {
        var problems = new ArrayList<InputProblem>();
        LocalTime opens = time("opens", form.opens(), problems);
        LocalTime closes = time("closes", form.closes(), problems);
        var days = EnumSet.noneOf(DayOfWeek.class);
        days.addAll(form.days());
        var calendar = new CompanyCalendar(
                days,
                opens,
                closes,
                form.holidays().orElse(List.of()).stream()
                        .map(holiday -> new Holiday(holiday.date(), holiday.name()))
                        .toList());
        if (problems.isEmpty()) {
            problems.addAll(calendar.problems());
        }
        if (!problems.isEmpty()) {
            throw Refusal.invalid(
                    "invalid_input", problems.stream().map(FieldProblem::of).toList());
        }
        return calendar;
    }

    private static LocalTime time(String path, String text, List<InputProblem> problems) {
        try {
            return LocalTime.parse(text, CLOCK);
        } catch (DateTimeException e) {
            problems.add(new InputProblem(
                    "type_mismatch", path, "Expected a time such as 09:00 at " + path + " but got '" + text + "'"));
            return LocalTime.MIDNIGHT;
        }
    }

    private ResponseEntity<CalendarBody> answer(Tx tx, Versioned<CompanyCalendar> now) {
        CompanyCalendar calendar = now.value();
        return ResponseEntity.ok()
                .eTag(IfMatch.tag(now.version()))
                .body(new CalendarBody(
                        now.version(),
                        erp.directory().tenant(tx).timeZone().getId(),
                        calendar.days().stream().sorted().toList(),
                        CLOCK.format(calendar.opens()),
                        CLOCK.format(calendar.closes()),
                        calendar.holidays().stream()
                                .map(holiday -> new HolidayForm(holiday.date(), holiday.name()))
                                .toList()));
    }
}
