package dev.millrace.language.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.millrace.language.Catalogue;
import dev.millrace.language.Checked;
import dev.millrace.language.Checker;
import dev.millrace.language.Problem;
import dev.millrace.language.Problem.Severity;
import dev.millrace.language.check.InvalidDocuments.Row;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Texts made to exhaust or to deceive. What one check allocates bounds the memory that it can need; the time that is
 * allowed is many times what it takes, so that a busy machine does not fail the build.
 */
class AdversarialCasesTest {
    private static final Catalogue CATALOGUE = TestCatalogue.everything();
    private static final long MIB = 1024L * 1024;

    @Test
    void Y1_a_billion_laughs_is_refused_at_the_first_alias() {
        String bomb = IntStream.range(0, 10)
                .mapToObj(i -> level(i) + ": &" + level(i) + " [" + (i == 0 ? "\"lol\"" : nine(level(i - 1))) + "]\n")
                .collect(Collectors.joining());

        Measured measured = measured(bomb);

        assertThat(measured.codes()).containsExactly("yaml_alias_limit");
        assertThat(measured.problems().getFirst().line()).isEqualTo(2);
        assertThat(measured.bytes()).isLessThan(MIB);
        assertThat(measured.millis()).isLessThan(100);
    }

    @Test
    void Y2_262144_bytes_are_accepted_and_one_more_is_not() {
        String definition = "\n" + TestCatalogue.template("purchase-order-approval");
        int room = Checker.MAX_BYTES - definition.getBytes(StandardCharsets.UTF_8).length - 1;
        String filled = "#" + "x".repeat(room) + definition;

        Measured largest = measured(filled);
        Measured tooLarge = measured("#" + filled);

        assertThat(filled.getBytes(StandardCharsets.UTF_8)).hasSize(262_144);
        assertThat(largest.codes()).isEmpty();
        assertThat(largest.millis()).isLessThan(1000);
        assertThat(tooLarge.codes()).containsExactly("payload_too_large");
        assertThat(tooLarge.bytes()).isLessThan(MIB);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "!!javax.script.ScriptEngineManager [a]",
                "!!java.net.URL 'http://x'",
                "!custom x",
                "!!binary aGk="
            })
    void Y3_tags_are_refused_with_their_place_and_load_no_class(String value) {
        long loaded = ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount();

        Measured measured = measured("workflow:\n  name: " + value + "\n");

        assertThat(measured.codes()).containsExactly("yaml_tag_not_allowed");
        assertThat(measured.problems().getFirst().line()).isEqualTo(2);
        assertThat(measured.problems().getFirst().column()).isEqualTo(9);
        assertThat(ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount() - loaded)
                .isLessThan(500);
    }

    @Test
    void Y4_six_problems_are_found_at_once_and_the_circle_is_spelled_out() {
        Row row = InvalidDocuments.rows().stream()
                .filter(each -> each.name().startsWith("Y4"))
                .findFirst()
                .orElseThrow();

        List<Problem> errors = errors(row.yaml());

        assertThat(errors)
                .extracting(Problem::code)
                .containsExactlyInAnyOrder(
                        "circular_dependency",
                        "circular_dependency",
                        "unknown_dependency",
                        "duplicate_step_id",
                        "required",
                        "unknown_role");
        assertThat(errors.getFirst().message()).contains("a → b → c → a");
        assertThat(errors).extracting(Problem::path).contains("steps[5].config.role");
        assertThat(errors.getLast().suggestion()).contains("Finance Head");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ trigger.getClass() }}",
                "{{ ''.class.forName('x') }}",
                "{{ (1).TYPE }}",
                "{{ trigger['__class__'] }}",
                "{{ trigger.lines.getClass().forName('x') }}",
                "{{ trigger.__class__ }}"
            })
    void T1_no_template_reaches_a_class(String template) {
        Measured measured = measured(step(template));

        assertThat(measured.codes()).isNotEmpty().isSubsetOf("method_call_not_allowed", "unknown_name");
        assertThat(measured.problems().getFirst().column()).isGreaterThan(50);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{% for x in y %}{% endfor %}",
                "{% include '/etc/passwd' %}",
                "{% set x = 1 %}",
                "{# fine #}{% raw %}{% endraw %}"
            })
    void T2_statements_are_refused(String template) {
        assertThat(measured(step(template)).codes()).isNotEmpty().containsOnly("template_statement_not_allowed");
    }

    @Test
    void T2_comments_are_accepted() {
        assertThat(measured(step("{# a note #}{{ trigger.po_number }}")).codes())
                .isEmpty();
    }

    @Test
    void T3_templates_that_cost_too_much_are_refused_or_cost_nothing_to_check() {
        var templates = Stream.of(
                        "{{ 'a' * 1000000000 }}",
                        "{{ range(1000000000) }}",
                        "{{ 'a'" + " | upper".repeat(1000) + " }}",
                        "{{ " + "(".repeat(2000) + "1" + ")".repeat(2000) + " }}",
                        "{{ 2 ** 999999999 }}",
                        "{{ 9 ** 9 ** 9 ** 9 }}")
                .map(AdversarialCasesTest::step)
                .toList();

        assertThat(templates).allSatisfy(text -> {
            Measured measured = measured(text);
            assertThat(measured.bytes()).isLessThan(4 * MIB);
            assertThat(measured.millis()).isLessThan(500);
        });
        assertThat(measured(templates.get(1)).codes()).containsExactly("method_call_not_allowed");
        assertThat(measured(templates.get(2)).codes()).containsExactly("template_limit");
        assertThat(measured(templates.get(3)).codes()).containsExactly("template_limit");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.1",
                "https://2130706433",
                "https://0x7f.1",
                "https://0x7f000001",
                "https://0177.0.0.1",
                "https://[::1]",
                "https://[::]",
                "https://[::ffff:127.0.0.1]",
                "https://[::ffff:a9fe:a9fe]",
                "https://[64:ff9b::7f00:1]",
                "https://[2002:7f00:1::]",
                "https://169.254.169.254/latest/meta-data",
                "https://[fd00:ec2::254]",
                "https://[fe80::1%25eth0]",
                "https://100.64.0.1",
                "https://0.0.0.0",
                "https://192.0.0.192",
                "https://localhost.",
                "https://LOCALHOST",
                "https://①②⑦.⓪.⓪.①",
                "https://hooks.acme.example.",
                "https://user@hooks.acme.example",
                "https://hooks.acme.example:443@127.0.0.1/",
                "https://hooks.acme.example%2f@127.0.0.1/",
                "https:///hooks.acme.example",
                "https://"
            })
    void W1_only_the_names_of_allowed_hosts_are_hosts(String url) {
        assertThat(webhook(url)).extracting(Problem::code).containsExactly("host_not_allowed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///etc/passwd",
                "gopher://hooks.acme.example",
                "ftp://hooks.acme.example",
                "http://hooks.acme.example",
                "//hooks.acme.example",
                "jar:https://hooks.acme.example!/x"
            })
    void W1_only_https_is_a_scheme(String url) {
        assertThat(webhook(url)).extracting(Problem::code).containsExactly("scheme_not_allowed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://hooks.acme.example/po",
                "HTTPS://Hooks.Acme.Example:8443/po?x=1#y",
                "https://hooks.acme.example/{{ trigger.id }}",
                "https://{{ trigger.category }}.acme.example/",
                "{{ trigger.category }}"
            })
    void W1_allowed_hosts_are_accepted_and_computed_ones_left_to_the_call(String url) {
        assertThat(webhook(url)).isEmpty();
    }

    @Test
    void a_name_with_a_direction_override_or_a_zero_width_space_is_refused_and_mended() {
        List<Problem> problems = errors(InvalidDocuments.HEAD
                + "    - { id: \"a\u202Eb\", action: core.stop, config: { \"rea\u200Bson\": x } }\n");

        assertThat(problems).extracting(Problem::code).contains("invisible_character", "invisible_character");
        assertThat(problems)
                .filteredOn(p -> p.code().equals("invisible_character"))
                .allSatisfy(p -> assertThat(p.fix()).isPresent());
    }

    @Test
    void the_policies_of_500_steps_are_followed_within_bounds() {
        String steps = IntStream.range(0, 250)
                .mapToObj(i -> "    - { id: a" + i + ", action: erp.approval.request, depends_on: ["
                        + IntStream.range(Math.max(0, i - 20), i)
                                .mapToObj(j -> "p" + j)
                                .collect(Collectors.joining(", ", "", ""))
                        + (i == 0 ? "root" : "") + "], condition: trigger.total_amount > " + (100_000 + i)
                        + " or trigger.lines[" + i + "].quantity > 5"
                        + ", config: { role: CFO, entity_type: purchase_order, entity_id: '{{ trigger.id }}' } }\n"
                        + "    - { id: p" + i + ", action: erp.purchase_order.lock, depends_on: a" + i
                        + ", config: { purchase_order_id: '{{ trigger.id }}' } }\n")
                .collect(Collectors.joining());
        Row policies = InvalidDocuments.rows().stream()
                .filter(each -> each.name().startsWith("policy: orders between"))
                .findFirst()
                .orElseThrow();
        String text = InvalidDocuments.HEAD + steps.replace("[root]", "[]").replace("depends_on: [], ", "");

        long start = System.nanoTime();
        List<Problem> problems = Checker.check(text, policies.catalogue()).problems();

        assertThat(problems).isNotEmpty();
        assertThat((System.nanoTime() - start) / 1_000_000).isLessThan(5_000);
    }

    private static List<Problem> webhook(String url) {
        Row row = InvalidDocuments.rows().stream()
                .filter(each -> each.name().equals("a webhook to a host that is not allowed"))
                .findFirst()
                .orElseThrow();
        String text =
                InvalidDocuments.HEAD + "    - { id: a, action: erp.webhook.post, config: { url: '" + url + "' } }\n";
        return Checker.check(text, row.catalogue()).problems().stream()
                .filter(p -> p.severity() == Severity.ERROR)
                .toList();
    }

    private static String level(int i) {
        return Character.toString('a' + i);
    }

    private static String nine(String alias) {
        return String.join(",", java.util.Collections.nCopies(9, "*" + alias));
    }

    private static String step(String template) {
        return InvalidDocuments.HEAD + "    - { id: a, action: core.stop, config: { reason: \"" + template + "\" } }\n";
    }

    private static List<Problem> errors(String text) {
        return Checker.check(text, CATALOGUE).problems().stream()
                .filter(p -> p.severity() == Severity.ERROR)
                .toList();
    }

    private record Measured(List<Problem> problems, long bytes, long millis) {
        List<String> codes() {
            return problems.stream().map(Problem::code).toList();
        }
    }

    /** Warm: the first checks load classes and compile. The least of three is what the text itself costs. */
    private static Measured measured(String text) {
        Checker.check(text, CATALOGUE);
        return Stream.generate(() -> once(text))
                .limit(3)
                .min(java.util.Comparator.comparingLong(Measured::millis))
                .orElseThrow();
    }

    private static Measured once(String text) {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long bytes = threads.getCurrentThreadAllocatedBytes();
        long start = System.nanoTime();
        Checked checked = Checker.check(text, CATALOGUE);
        long millis = (System.nanoTime() - start) / 1_000_000;
        return new Measured(checked.problems(), threads.getCurrentThreadAllocatedBytes() - bytes, millis);
    }
}
