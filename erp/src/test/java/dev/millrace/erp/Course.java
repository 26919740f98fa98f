package dev.millrace.erp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.engine.Decided;
import dev.millrace.engine.ExecutionFilter;
import dev.millrace.engine.ExecutionView;
import dev.millrace.engine.ExecutionView.StepView;
import dev.millrace.engine.Tx;
import dev.millrace.engine.approval.Request;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/** What becomes of the executions of a template at {@link Acme}. */
record Course(Acme acme) {
    private static final Duration SOON = Duration.ofSeconds(60);

    static String template(String name) {
        return new SeededTemplates.Seeded(name, Set.of()).yaml();
    }

    /** The newest execution about the document, when all that are about it have ended. */
    ExecutionView over(UUID document) {
        return over(execution -> execution.trigger().path("id").asString("").equals(document.toString()));
    }

    ExecutionView over(Predicate<ExecutionView> wanted) {
        return await().atMost(SOON)
                .until(
                        () -> all(wanted),
                        found -> !found.isEmpty()
                                && found.stream()
                                        .allMatch(execution ->
                                                execution.completedAt().isPresent()))
                .getFirst();
    }

    /** Newest first. */
    List<ExecutionView> all(Predicate<ExecutionView> wanted) {
        return acme.run(tx -> acme.engine.executions().list(tx, ExecutionFilter.ALL, Optional.empty(), 100)).stream()
                .filter(wanted)
                .toList();
    }

    List<StepView> steps(ExecutionView execution) {
        return acme.run(tx -> acme.engine.executions().steps(tx, execution.id()));
    }

    StepView step(ExecutionView execution, String id) {
        return steps(execution).stream()
                .filter(step -> step.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no step " + id + " among " + steps(execution)));
    }

    /** Steps and entries of handlers that were done. */
    List<String> done(ExecutionView execution) {
        return steps(execution).stream()
                .filter(step -> step.status().equals("completed"))
                .map(StepView::id)
                .toList();
    }

    void approve(UUID document, String role, String who) {
        decide(document, role, who, true);
    }

    void reject(UUID document, String role, String who) {
        decide(document, role, who, false);
    }

    private void decide(UUID document, String role, String who, boolean approve) {
        Request request = acme.awaitRequest(document, role);
        assertThat(acme.decide(request, who, approve, "as seen by " + who)).isInstanceOf(Decided.Done.class);
    }

    /** The request about the document that the person is asked by name. */
    Request awaitAsked(UUID document, String who) {
        UUID person = acme.person(who).id();
        return await().atMost(SOON)
                .until(
                        () -> acme.run(tx -> acme.engine.approvals().allPending(tx, Optional.empty(), 100)).stream()
                                .filter(request -> request.entityId().equals(Optional.of(document)))
                                .filter(request -> request.requiredUser().equals(Optional.of(person)))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    void decideAs(UUID document, String who, boolean approve) {
        assertThat(acme.decide(awaitAsked(document, who), who, approve, "as seen by " + who))
                .isInstanceOf(Decided.Done.class);
    }

    /** The only request that waits for the role. */
    Request awaitRequest(String role) {
        return await().atMost(SOON)
                .until(
                        () -> acme.run(tx -> acme.engine.approvals().allPending(tx, Optional.empty(), 100)).stream()
                                .filter(request -> request.requiredRole().equals(Optional.of(role)))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    /** The step of the only execution waits. */
    void awaitParked(String step) {
        await().atMost(SOON)
                .until(() -> all(execution -> true).stream()
                        .flatMap(execution -> steps(execution).stream())
                        .anyMatch(one -> one.id().equals(step) && one.dueAt().isPresent()));
    }

    /** At the company's place. */
    LocalDate today() {
        return acme.run(tx ->
                LocalDate.ofInstant(tx.now(), acme.erp.directory().tenant(tx).timeZone()));
    }

    /** Moves the engine's clock on to a time at the company's place. */
    void goTo(LocalDateTime time) {
        Instant now = acme.run(Tx::now);
        Instant then = time.atZone(
                        acme.run(tx -> acme.erp.directory().tenant(tx).timeZone()))
                .toInstant();
        acme.engine.clock().advance(Duration.between(now, then));
    }

    /** With which words it was ended, as its page shows. */
    String stopReason(ExecutionView execution) {
        return steps(execution).stream()
                .filter(step ->
                        step.action().equals("core.stop") && step.status().equals("completed"))
                .map(step -> step.input().orElseThrow().path("reason").asString())
                .findFirst()
                .orElseThrow();
    }

    /** What the person was told in the app, and by e-mail. */
    List<String> told(String who) {
        return messagesTo(who).stream()
                .flatMap(message -> message.body().stream())
                .toList();
    }

    /** What it was about. */
    List<String> subjects(String who) {
        return messagesTo(who).stream()
                .flatMap(message -> message.subject().stream())
                .toList();
    }

    private List<Notification> messagesTo(String who) {
        UUID member = acme.person(who).id();
        return acme.run(tx -> acme.erp.inbox().outbox(tx, Optional.empty(), 500)).stream()
                .filter(message -> message.member().equals(Optional.of(member)))
                .toList();
    }

    /** Nobody may decide it: it waits for the administrator. */
    void awaitNobody(Request request) {
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(acme.request(request.id()).nobody()).isTrue());
    }

    /** Titles of all tasks. */
    List<String> tasks() {
        return acme.run(tx -> acme.erp.inbox().allTasks(tx, Optional.empty(), 500)).stream()
                .map(Task::title)
                .toList();
    }

    /** Subjects of all messages. */
    List<String> mail() {
        return acme.run(tx -> acme.erp.inbox().outbox(tx, Optional.empty(), 500)).stream()
                .flatMap(message -> message.subject().stream())
                .toList();
    }
}
