package dev.millrace.language;

import java.util.Locale;
import java.util.Optional;

/**
 * The codes of problems, each with a line of help. Stable: programs and people's notes refer to them.
 * {@code docs/problems.md} lists the same; a test compares the two.
 */
public enum ProblemCode {
    PAYLOAD_TOO_LARGE("The text is longer than 256 KiB; shorten it or split the workflow."),
    DOCUMENT_EMPTY("There is no text; begin with 'workflow:'."),
    YAML_SYNTAX("The text is not YAML; look at indentation, quotes and brackets near the place."),
    YAML_ALIAS_LIMIT("Aliases (*name) are not allowed; write the value out."),
    YAML_TAG_NOT_ALLOWED("Tags (!name, !!name) are not allowed; write the plain value."),
    YAML_SEVERAL_DOCUMENTS("One text holds one workflow; remove the '---' and what follows."),
    YAML_TOO_DEEP("Values may be nested 50 levels deep; flatten them."),
    YAML_TOO_MANY_VALUES("A workflow may hold 50,000 values; split it."),
    TEXT_TOO_LONG("One text or key is too long; shorten it."),
    DUPLICATE_KEY("The same key stands twice in one place; remove one."),
    INVISIBLE_CHARACTER("A key or name holds a character that cannot be seen; type it again."),
    TOO_MANY_PROBLEMS("There are more problems than are shown; mend these first."),

    REQUIRED("A value is missing; add it."),
    UNKNOWN_KEY("The language has no such key here; correct it, or begin it with 'x-' to keep a note."),
    TYPE_MISMATCH("The value is of another type than is expected here."),
    NOT_ONE_OF("The value is none of the allowed words."),
    OUT_OF_RANGE("The number, length or count is outside the allowed range."),
    EXACTLY_ONE_OF("Exactly one of several keys must be given."),
    NAME_INVALID("A name or id has another form than is expected: kebab-case for workflows, snake_case for steps."),
    DURATION_INVALID("A duration is written 30s, 5m, 24h, 2d, or in ISO-8601."),
    SCHEMA_VIOLATION("The value breaks another rule of the JSON Schema of definitions."),

    TOO_MANY_STEPS("A workflow may have 500 steps; split it."),
    DUPLICATE_STEP_ID("Two steps have the same id; rename one."),
    UNKNOWN_DEPENDENCY("depends_on names a step that does not exist."),
    DUPLICATE_DEPENDENCY("depends_on names a step twice; remove one."),
    CIRCULAR_DEPENDENCY("Steps wait for each other in a circle; remove one of the dependencies."),
    UNKNOWN_ACTION("There is no action of this name."),
    MODULE_MISSING("The action belongs to a module that this company does not have."),
    ACTION_NOT_ALLOWED_HERE("The action may not stand at this place, such as a wait inside on_error."),
    UNKNOWN_FIELD("The config, event or output has no such field."),
    UNKNOWN_ROLE("This company has no such role."),
    ROLE_HAS_NO_MEMBERS("The role exists but nobody active holds it; the step would wait for nobody."),
    USER_UNKNOWN("No active member of this company has this id or e-mail address."),
    UNKNOWN_EVENT("There is no event of this name in this company's modules."),
    UNKNOWN_ENTITY("There is no entity of this name in this company's modules."),
    UNKNOWN_WORKFLOW("This company has no workflow of this name, or it was deleted."),
    WORKFLOW_NOT_MANUAL("Only a workflow with a manual trigger can be run by another."),
    WORKFLOW_NOT_ENABLED("The workflow that is to be run is switched off; until it is on, the step fails."),

    ON_TIMEOUT_NOT_INCREASING(
            "Deadlines of one step must come one after the other; each 'after' counts from the start of the wait."),
    THEN_CONTINUE_NOT_ALLOWED("After an escalation or an automatic approval there is nothing left to wait for."),
    TIMEOUT_NOT_ALLOWED("A step that waits for people or events has on_timeout, not timeout."),
    ON_TIMEOUT_NOT_ALLOWED("Only a step that waits for people or events has on_timeout; others have timeout."),
    TIMEOUT_TOO_LONG("One attempt may take 20 seconds inside the ERP, an hour outside it."),

    WAIT_MATCH_TOO_BROAD(
            "A wait for an event names a value that the event must have: event.<field> == <value>, joined by 'and'."),
    FILTER_INVALID(
            "The database cannot be asked this; compare fields of the row with values, and compute what else is needed in a step before."),

    CRON_INVALID("A schedule has five fields (minute hour day month weekday), or six with seconds first."),
    SCHEDULE_NEVER_FIRES("There is no such day, or the step is 0: the schedule would never start anything."),
    TIME_ZONE_UNKNOWN("A time zone is a name such as Asia/Kolkata."),
    INPUTS_INVALID("The inputs of a manual trigger must be a JSON Schema."),

    TEMPLATE_SYNTAX("The expression between {{ and }} cannot be read."),
    TEMPLATE_STATEMENT_NOT_ALLOWED("Statements ({% … %}) are not allowed; use an expression or another step."),
    METHOD_CALL_NOT_ALLOWED("Expressions cannot call methods or functions; use a filter."),
    UNKNOWN_FILTER("There is no filter of this name."),
    UNKNOWN_TEST("There is no test of this name."),
    TEMPLATE_LIMIT("The expression is too long, too deep or too costly."),
    UNKNOWN_NAME("The expression uses a name that is not in sight here."),
    UNKNOWN_STEP("The expression refers to a step that does not exist."),
    STEP_NOT_ANCESTOR("The expression refers to a step that need not have run before; add it to depends_on."),
    POSSIBLY_NONE("The field may be empty; say with if_none what to write then."),
    CURRENCIES_DIFFER(
            "Amounts in two currencies are compared or added; use the amounts in the company's own currency."),

    APPROVAL_MISSING_ON_PATH("This company's policy asks for an approval first, and there is a way without one."),
    ACTION_FORBIDDEN("This company's policy forbids the action."),
    AUTO_APPROVAL_FORBIDDEN("This company's policy lets nothing that has an amount be approved by time."),
    SELF_APPROVAL_FORBIDDEN("This company's policy lets nobody approve an own request."),
    HOST_NOT_ALLOWED("A webhook may call only the hosts that this company allows, by their names."),
    SCHEME_NOT_ALLOWED("A webhook may call https only."),

    APPROVAL_NOT_ESCALATED("Nobody else is asked when the approval is not given in time; write on_timeout."),
    REQUESTER_UNKNOWN("It is not known who asks, so that nobody can be kept from approving an own request."),
    ENTITY_LEFT_PENDING("The document is approved, but no step then does anything with it."),
    NOTIFICATION_CAN_STOP_PROCESS("A message that cannot be sent would end everything; write 'on_error: continue'."),
    TRIGGERS_ITSELF("The definition causes the event that starts it, or runs itself, and may go on for ever."),
    TRIGGER_NEVER_MATCHES("The condition of the trigger can never hold, so that nothing ever starts."),

    TEST_FAILED("A test beside the definition comes out otherwise than it expects; correct the one or the other."),
    TEST_LIMIT("The tests take too long to run at each save; give fewer, or shorter ones.");

    private final String help;

    ProblemCode(String help) {
        this.help = help;
    }

    /** As it stands in {@link Problem#code}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String help() {
        return help;
    }

    public static Optional<ProblemCode> of(String code) {
        for (ProblemCode each : values()) {
            if (each.code().equals(code)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }
}
