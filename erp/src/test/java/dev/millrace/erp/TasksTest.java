package dev.millrace.erp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.Member;
import dev.millrace.erp.Tasks.Changed;
import dev.millrace.erp.Tasks.To;
import dev.millrace.erp.core.AssignTask;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What becomes of tasks that definitions give. */
class TasksTest {
    private final World world = new World();
    private final Step step = new Step(world);
    private final Tasks tasks = world.erp.tasks(world.trail());

    @Test
    void only_who_has_it_does_it_and_only_once() {
        UUID id = assign(Optional.of("Finance Head"), Optional.empty()).taskId();

        assertThat(done(id, "admin")).isEqualTo(new Changed.NotFound());
        assertThat(done(id, "finance.head"))
                .isInstanceOfSatisfying(
                        Changed.Done.class,
                        changed -> assertThat(changed.task().doneBy())
                                .contains(world.member("finance.head").id()));
        assertThat(done(id, "finance.head")).isInstanceOf(Changed.NotOpen.class);
        assertThat(world.trail).containsExactly("Meera Finance task.done Finance Head done: Call them: by telephone");
    }

    @Test
    void a_task_is_handed_over_and_its_new_owner_told() {
        UUID id = assign(Optional.of("Finance Head"), Optional.empty()).taskId();
        Member meera = world.member("finance.head");

        assertThat(reassign(id, world.member("warehouse"), false, new To.ToMember("warehouse@test.example")))
                .isEqualTo(new Changed.NotFound());
        assertThat(reassign(id, meera, false, new To.ToRole("CFO"))).isEqualTo(new Changed.Nobody("CFO"));
        assertThat(reassign(id, meera, false, new To.ToMember("warehouse@test.example")))
                .isInstanceOf(Changed.Done.class);
        assertThat(open("finance.head")).isEmpty();
        assertThat(open("warehouse")).hasSize(1);
        assertThat(told("warehouse")).isEqualTo(1);
        assertThat(reassign(id, world.member("admin"), true, new To.ToRole("Finance Head")))
                .isInstanceOf(Changed.Done.class);
        assertThat(open("finance.head")).hasSize(1);
        assertThat(world.trail).hasSize(2).first().asString().contains("task.reassigned Finance Head warehouse@");
    }

    @Test
    void another_companys_task_is_none() {
        UUID id = assign(Optional.of("Finance Head"), Optional.empty()).taskId();
        World other = new World();

        Changed changed =
                other.run(tx -> other.erp.tasks(other.trail()).done(tx, id, other.member("finance.head"), ""));

        assertThat(changed).isEqualTo(new Changed.NotFound());
    }

    private AssignTask.Output assign(Optional<String> role, Optional<String> user) {
        var config = new AssignTask.Config(
                role,
                user,
                "Call them",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return world.run(tx -> step.action(AssignTask.class).run(tx, step, config));
    }

    private Changed done(UUID task, String member) {
        Member who = world.member(member);
        return world.run(tx -> tasks.done(tx, task, who, "by telephone"));
    }

    private Changed reassign(UUID task, Member member, boolean anybodys, To to) {
        return world.run(tx -> tasks.reassign(tx, task, member, anybodys, to, ""));
    }

    private List<Task> open(String member) {
        Member who = world.member(member);
        return world.run(tx -> world.erp.inbox().tasks(tx, who, Optional.empty(), 10));
    }

    private int told(String member) {
        UUID who = world.member(member).id();
        return world.<List<Notification>>run(
                        tx -> world.erp.inbox().notifications(tx, who, false, Optional.empty(), 10))
                .size();
    }
}
