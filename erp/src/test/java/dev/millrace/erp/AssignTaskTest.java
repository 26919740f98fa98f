package dev.millrace.erp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.engine.Member;
import dev.millrace.engine.action.ActionFailure;
import dev.millrace.erp.core.AssignTask;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AssignTaskTest {
    private final World world = new World();
    private final Step step = new Step(world);

    @Test
    void a_task_is_there_for_whoever_holds_the_role() {
        UUID order = world.draft().id();

        AssignTask.Output output = assign(new AssignTask.Config(
                Optional.of(Permissions.WAREHOUSE_MANAGER),
                Optional.empty(),
                "Count the bolts",
                Optional.of("Before Friday"),
                Optional.of(Duration.ofDays(1)),
                Optional.of("purchase_order"),
                Optional.of(order),
                Optional.of(List.of("shelf 1", "shelf 2"))));

        List<Task> tasks = tasks("warehouse");
        assertThat(tasks).hasSize(1);
        Task task = tasks.getFirst();
        assertThat(task.id()).isEqualTo(output.taskId());
        assertThat(task.title()).isEqualTo("Count the bolts");
        assertThat(task.description()).contains("Before Friday");
        assertThat(task.checklist()).containsExactly("shelf 1", "shelf 2");
        assertThat(task.dueAt()).contains(output.dueAt());
        assertThat(Duration.between(task.createdAt(), output.dueAt()).abs())
                .isBetween(Duration.ofHours(23), Duration.ofHours(25));
        assertThat(tasks("finance.head")).isEmpty();
    }

    @Test
    void a_task_for_one_member_is_due_in_three_days() {
        assign(toUser("finance.head@test.example"));

        assertThat(tasks("finance.head")).hasSize(1);
        assertThat(tasks("finance.head").getFirst().entityId()).isEmpty();
        assertThat(Duration.between(
                        tasks("finance.head").getFirst().createdAt(),
                        tasks("finance.head").getFirst().dueAt().orElseThrow()))
                .isBetween(Duration.ofHours(71), Duration.ofHours(73));
    }

    @Test
    void nobody_to_give_it_to_is_a_failure() {
        assertThat(failure(toRole(Permissions.CFO))).isEqualTo("role_has_no_members");
        assertThat(failure(toUser("nobody@test.example"))).isEqualTo("user_unknown");
        assertThat(failure(new AssignTask.Config(
                        Optional.of(Permissions.FINANCE_HEAD),
                        Optional.empty(),
                        "Do it",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("purchase_order"),
                        Optional.empty(),
                        Optional.empty())))
                .as("what it is about, and not which")
                .isEqualTo("out_of_range");

        assertThat(world.count("tasks")).isZero();
    }

    private AssignTask.Output assign(AssignTask.Config config) {
        return world.run(tx -> step.action(AssignTask.class).run(tx, step, config));
    }

    private String failure(AssignTask.Config config) {
        ActionFailure failure = catchThrowableOfType(ActionFailure.class, () -> assign(config));
        assertThat(failure).isNotNull();
        return failure.code();
    }

    private static AssignTask.Config toUser(String user) {
        return config(Optional.empty(), Optional.of(user));
    }

    private static AssignTask.Config toRole(String role) {
        return config(Optional.of(role), Optional.empty());
    }

    private static AssignTask.Config config(Optional<String> role, Optional<String> user) {
        return new AssignTask.Config(
                role,
                user,
                "Do it",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private List<Task> tasks(String name) {
        Member member = world.member(name);
        return world.run(tx -> world.erp.inbox().tasks(tx, member, Optional.empty(), 10));
    }
}
